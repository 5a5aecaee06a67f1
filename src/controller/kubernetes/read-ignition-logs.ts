import { asked } from './asked';
import type { KubernetesApis } from './connect';

const namespace = 'openshift-machine-config-operator';
/** A request for a configuration is one line; a node asks for hours at most. */
const tailLines = 2_000;

/** The last lines of the machine config servers' logs, of all their pods. */
export async function readIgnitionLogs({ core }: KubernetesApis): Promise<string> {
  const { items } = await asked('list machine config servers', () => core.listNamespacedPod({ namespace, labelSelector: 'k8s-app=machine-config-server' }));
  const names = items.flatMap(({ metadata }) => (metadata?.name === undefined ? [] : [metadata.name]));
  const logs = await Promise.all(names.map((name) => asked(`read the log of ${name}`, () => core.readNamespacedPodLog({ namespace, name, tailLines }))));
  return logs.join('\n');
}
