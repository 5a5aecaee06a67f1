import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { createGateway, type GatewayTargets } from './create-gateway';

export interface Gateway {
  url: string;
  close(): Promise<void>;
}

/** Serves the gateway on 127.0.0.1; rejects when the port is taken. */
export async function startGateway(targets: GatewayTargets, port: number): Promise<Gateway> {
  const { fetch } = createGateway(targets);
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch, port, hostname: '127.0.0.1' }, () => {
      starting.off('error', reject);
      resolve(starting as Server);
    });
    starting.once('error', reject);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
