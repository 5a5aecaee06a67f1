import { reportStage } from '../report-stage';
import { attempt } from './attempt';
import type { ControllerRun } from './controller-run';
import { knownHosts, type KnownHost } from './known-host';
import { lookUntil } from './look-until';
import type { ClusterNode } from './new-cluster';
import { nextStage } from './next-stage';

const isSettled = ({ status }: KnownHost): boolean => status === 'installed' || status === 'error';

async function admitNodes(run: ControllerRun, hosts: readonly KnownHost[], nodes: readonly ClusterNode[]): Promise<void> {
  const approved = await attempt(run, 'certificates', [], () => run.options.cluster.approveCertificates(hosts, nodes, run.signal));
  for (const name of approved) run.tell(`approved the certificate of ${name}`);
}

async function look(run: ControllerRun, hosts: readonly KnownHost[]): Promise<true | undefined> {
  const { client, cluster, observe } = run.options;
  const nodes = await cluster.listNodes(run.signal);
  await admitNodes(run, hosts, nodes);
  const moving = hosts.filter((host) => !isSettled(host));
  if (hosts.length > 0 && moving.length === 0) return true;
  const logs = await attempt(run, 'logs of the machine config servers', '', () => cluster.readIgnitionLogs(run.signal));
  for (const host of moving) {
    const stage = nextStage(host, nodes, logs);
    if (!stage) continue;
    await attempt(run, `host ${host.id}`, undefined, async () => {
      const refusal = await run.call(() => reportStage(client.updateProgress(host.id, stage, '', run.signal)));
      if (refusal) run.tell(`host ${host.id}: ${refusal.message}`);
      else observe({ kind: 'stage', hostId: host.id, stage, info: '' });
    });
  }
  return undefined;
}

/**
 * Admits the nodes and reports what becomes of each after its restart, until every host has arrived or failed. Neither certificates nor logs
 * nor one host that the service refuses hold up what is known of the others, and nodes are admitted while the service is away.
 */
export async function driveNodes(run: ControllerRun): Promise<void> {
  const { client, cluster, pace } = run.options;
  let hosts: readonly KnownHost[] = [];
  await lookUntil(run, 'nodes', pace.nodes, async () => {
    try {
      hosts = knownHosts(await run.call(() => client.listHosts(run.signal)));
    } catch (error) {
      run.signal.throwIfAborted();
      await admitNodes(run, hosts, await cluster.listNodes(run.signal));
      throw error;
    }
    return look(run, hosts);
  });
}
