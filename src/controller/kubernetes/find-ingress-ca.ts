import { askedIfThere } from './asked';
import type { KubernetesApis } from './connect';

/** The authority of the cluster's ingress, as the ingress operator publishes it; undefined before it has. */
export async function findIngressCa({ core }: KubernetesApis): Promise<string | undefined> {
  const found = await askedIfThere('get the certificates of the ingress', () => core.readNamespacedConfigMap({ namespace: 'openshift-config-managed', name: 'default-ingress-cert' }));
  return found?.data?.['ca-bundle.crt'] || undefined;
}
