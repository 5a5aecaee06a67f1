import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FakeKubernetes } from './fake-kubernetes';
import { leadTo } from './lead-to';
import { readBootstrapPki } from './read-bootstrap-pki';

const usage = `fake-kubernetes: the API server of a new cluster, for tests with machines of their own

  --bootstrap FILE    bootstrap.ign of the cluster: its certificates are used
  --kubeconfig FILE   kubeconfig-noingress of the cluster
  --out FILE          where a kubeconfig that leads to this server is written
  --host ADDRESS      to listen at (default 127.0.0.1)    --port N   (default: a free one)
`;

const { values } = parseArgs({ options: { bootstrap: { type: 'string' }, kubeconfig: { type: 'string' }, out: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } } });
const { bootstrap, kubeconfig, out, host = '127.0.0.1', port = '0' } = values;
if (bootstrap === undefined || kubeconfig === undefined || out === undefined) {
  process.stderr.write(usage);
  process.exit(2);
}
const api = new FakeKubernetes({ ...readBootstrapPki(readFileSync(bootstrap, 'utf8')), host, port: Number(port) });
const server = await api.open();
writeFileSync(out, leadTo(readFileSync(kubeconfig, 'utf8'), server), { mode: 0o600 });
process.stdout.write(`${server}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void api.close().then(() => process.exit(0)));
