import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { checkPorts, findPortHolder, listPorts } from '../../src/dev/ports';
import { findFreePort } from '../support/free-port';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function listen(): Promise<number> {
  const port = await findFreePort();
  server = createServer();
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
  return port;
}

describe('the ports of a stack', () => {
  it('are counted from the base', () => {
    expect(listPorts(9000)).toEqual({
      api: 9000,
      temporal: 9001,
      temporalUi: 9002,
      s3: 9003,
      ams: 9004,
      postgres: 9005,
      worker: 9006, gateway: 9007,
    });
  });

  it('knows who holds a port', async () => {
    const port = await listen();
    expect(findPortHolder(port)?.pid).toBe(process.pid);
    expect(findPortHolder(await findFreePort())).toBeUndefined();
  });

  it('refuses a taken port in one line with port, part, holder and the way out', async () => {
    const taken = await listen();
    const ports = { ...listPorts(await findFreePort()), api: await findFreePort(), s3: taken };
    const refusal = await checkPorts(ports).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(refusal).toContain(`port ${taken}, meant for the S3 server`);
    expect(refusal).toContain(`process ${process.pid}`);
    expect(refusal).toContain('--port-base');
    expect(refusal).not.toContain('\n');
  });
});
