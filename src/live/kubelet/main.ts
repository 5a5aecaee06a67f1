import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { joinCluster, readiness } from './join-cluster';
import { readKubeconfig } from './kubeconfig';
import { createKubernetesApi } from './kubernetes-api';

const lookMs = 2_000;
const heartbeatMs = 10_000;

/**
 * In a kubelet's place: makes the machine it runs on a node of the cluster that the kubeconfig leads to, under the machine's own host
 * name, and keeps telling that it is ready. It runs no containers.
 */
async function main(): Promise<never> {
  const { values: { kubeconfig = '/etc/kubernetes/kubeconfig' } } = parseArgs({ options: { kubeconfig: { type: 'string' } } });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const name = hostname();
  const address = Object.values(networkInterfaces()).flat().find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;
  if (address === undefined) throw new Error('this machine has no address yet');
  const api = createKubernetesApi(readKubeconfig(await readFile(kubeconfig, 'utf8')));
  await joinCluster(api, { name, address, say, awaitNextLook: () => pause(lookMs) });
  for (;;) {
    await pause(heartbeatMs);
    await api.merge(`/api/v1/nodes/${name}`, { status: readiness(true) }).catch((error: unknown) => say(String(error)));
  }
}

await main();
