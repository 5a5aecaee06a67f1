import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfigSchema = z.object({
  clusters: z.array(z.object({ cluster: z.object({ server: z.url(), 'certificate-authority-data': z.base64(), 'tls-server-name': z.string().optional() }) })).min(1),
  users: z.array(z.object({ user: z.object({ 'client-certificate-data': z.base64(), 'client-key-data': z.base64() }) })).min(1),
});

/** Where an API server is, and by what both sides know each other; PEM. */
export interface ApiAccess {
  server: string;
  serverName: string;
  ca: string;
  cert: string;
  key: string;
}

const pem = (base64: string): string => Buffer.from(base64, 'base64').toString();

/** Reads the first cluster and the first user of a kubeconfig. Throws when one of them is missing. */
export function readKubeconfig(text: string): ApiAccess {
  const { clusters: [first], users: [account] } = kubeconfigSchema.parse(parse(text));
  if (!first || !account) throw new Error('the kubeconfig is empty');
  const { cluster } = first;
  return {
    server: cluster.server,
    serverName: cluster['tls-server-name'] ?? new URL(cluster.server).hostname,
    ca: pem(cluster['certificate-authority-data']),
    cert: pem(account.user['client-certificate-data']),
    key: pem(account.user['client-key-data']),
  };
}
