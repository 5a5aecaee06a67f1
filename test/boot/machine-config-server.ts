import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { rootFile } from '../../src/domain/ignition/root-file';

/** Where the ignition of a role sends a machine for the rest of its configuration; fixed by that ignition. */
export const machineConfigPort = 22_623;

const kubeletUnit = `[Service]
ExecStart=/usr/bin/kubelet --kubeconfig=/etc/kubernetes/kubeconfig
Restart=always
RestartSec=5
`;

/** What the machine config server of a new cluster gives a machine: how it reaches the cluster's API, and a kubelet. */
export function renderMachineConfig(kubeconfig: string): string {
  return JSON.stringify({
    ignition: { version: '3.1.0' },
    storage: { files: [rootFile('/etc/kubernetes/kubeconfig', 0o600, kubeconfig)] },
    systemd: { units: [{ name: 'kubelet.service', enabled: true, contents: kubeletUnit }] },
  });
}

export interface MachineConfigServer {
  port: number;
  /** From now on machines get this configuration; until then they are asked to come again. */
  serve: (config: string) => void;
  close: () => Promise<void>;
}

export interface MachineConfigServerOptions {
  /** The cluster's own certificate; undefined: without encryption, and on a free port. */
  tls: { certificate: string; key: string } | undefined;
  onRequest: (path: string) => void;
}

/** Serves the configuration of any role on the loopback interface. */
export async function startMachineConfigServer({ tls, onRequest }: MachineConfigServerOptions): Promise<MachineConfigServer> {
  let config: string | undefined;
  const answer = ({ url = '/' }: IncomingMessage, response: ServerResponse): void => {
    onRequest(url);
    if (!/^\/config\/(master|worker)$/.test(url)) response.writeHead(404).end();
    else if (config === undefined) response.writeHead(503).end();
    else response.writeHead(200, { 'content-type': 'application/vnd.coreos.ignition+json' }).end(config);
  };
  const server = tls ? createHttpsServer({ cert: tls.certificate, key: tls.key }, answer) : createHttpServer(answer);
  await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(tls ? machineConfigPort : 0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the machine config server has no port');
  return {
    port: address.port,
    serve: (given) => {
      config = given;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
