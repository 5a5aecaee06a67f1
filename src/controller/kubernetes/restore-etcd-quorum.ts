import { PatchStrategy } from '@kubernetes/client-node';
import { asked } from './asked';
import type { KubernetesApis } from './connect';

/** Removes the override by which etcd of an old release runs without its quorum until all masters are there. */
export async function restoreEtcdQuorum({ objects }: KubernetesApis): Promise<void> {
  const patch = { apiVersion: 'operator.openshift.io/v1', kind: 'Etcd', metadata: { name: 'cluster' }, spec: { unsupportedConfigOverrides: null } };
  await asked('patch etcd', () => objects.patch(patch, undefined, undefined, undefined, undefined, PatchStrategy.MergePatch));
}
