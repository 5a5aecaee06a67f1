import { asked } from './asked';
import type { KubernetesApis } from './connect';

const namespace = 'openshift-machine-config-operator';
/** A request for a configuration is one line; a node asks for hours at most. */
const tailLines = 2_000;
/** Lines may be of any length. */
const limitBytes = 4 * 1024 * 1024;

/** The last lines of the machine config servers' logs, of all their pods that can be read; rejects when none can. */
export async function readIgnitionLogs({ core }: KubernetesApis): Promise<string> {
  const { items } = await asked('list machine config servers', () => core.listNamespacedPod({ namespace, labelSelector: 'k8s-app=machine-config-server' }));
  const names = items.flatMap(({ metadata }) => (metadata?.name === undefined ? [] : [metadata.name]));
  const read = await Promise.allSettled(names.map((name) => asked(`read the log of ${name}`, () => core.readNamespacedPodLog({ namespace, name, tailLines, limitBytes }))));
  const logs = read.flatMap((log) => (log.status === 'fulfilled' ? [log.value] : []));
  const [failure] = read.flatMap((log) => (log.status === 'rejected' ? [log.reason as Error] : []));
  if (failure && logs.length === 0) throw failure;
  return logs.join('\n');
}
