import type { ControllerRun } from './controller-run';
import { knownHosts, type KnownHost } from './known-host';
import { lookUntil } from './look-until';
import type { ClusterNode } from './new-cluster';
import { nextStage } from './next-stage';

const isSettled = ({ status }: KnownHost): boolean => status === 'installed' || status === 'error';

/** Neither certificates nor logs may hold up what is known of the nodes. */
async function attempt<T>(run: ControllerRun, what: string, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    run.signal.throwIfAborted();
    run.tell(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    return otherwise;
  }
}

async function admitNodes(run: ControllerRun, hosts: readonly KnownHost[], nodes: readonly ClusterNode[]): Promise<void> {
  const approved = await attempt(run, 'certificates', [], () => run.options.cluster.approveCertificates(hosts, nodes, run.signal));
  for (const name of approved) run.tell(`approved the certificate of ${name}`);
}

async function look(run: ControllerRun): Promise<true | undefined> {
  const { client, cluster, observe } = run.options;
  const hosts = knownHosts(await run.call(() => client.listHosts(run.signal)));
  const nodes = await cluster.listNodes(run.signal);
  await admitNodes(run, hosts, nodes);
  const moving = hosts.filter((host) => !isSettled(host));
  if (hosts.length > 0 && moving.length === 0) return true;
  const logs = await attempt(run, 'logs of the machine config servers', '', () => cluster.readIgnitionLogs(run.signal));
  for (const host of moving) {
    const stage = nextStage(host, nodes, logs);
    if (!stage) continue;
    await run.call(() => client.updateProgress(host.id, stage, '', run.signal));
    observe({ kind: 'stage', hostId: host.id, stage, info: '' });
  }
  return undefined;
}

/** Admits the nodes and reports what becomes of each after its restart, until every host has arrived or failed. */
export async function driveNodes(run: ControllerRun): Promise<void> {
  await lookUntil(run, 'nodes', run.options.pace.nodes, () => look(run));
}
