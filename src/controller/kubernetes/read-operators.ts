import type { OlmOperator, OperatorState } from '../../agent/protocol/controller/new-cluster';
import { askedIfThere } from './asked';
import type { KubernetesApis } from './connect';
import { readConditions, readCsvName, readPhase } from './operator-state';

const config = { group: 'config.openshift.io', version: 'v1' } as const;
const olm = { group: 'operators.coreos.com', version: 'v1alpha1' } as const;

/** The library types objects of kinds it does not know as any. */
const findObject = (what: string, request: () => Promise<unknown>): Promise<unknown> => askedIfThere(what, request);

/** The state of an operator of the release. */
export async function findOperator({ custom }: KubernetesApis, name: string): Promise<OperatorState | undefined> {
  const found = await findObject(`get cluster operator ${name}`, () => custom.getClusterCustomObject({ ...config, plural: 'clusteroperators', name }));
  return found === undefined ? undefined : readConditions(found);
}

/** How far the cluster is on its way to its release. */
export async function findClusterVersion({ custom }: KubernetesApis): Promise<OperatorState | undefined> {
  const found = await findObject('get the cluster version', () => custom.getClusterCustomObject({ ...config, plural: 'clusterversions', name: 'version' }));
  return found === undefined ? undefined : readConditions(found);
}

/** The state of an operator of the user: what its subscription has installed. */
export async function findOlmOperator({ custom }: KubernetesApis, { namespace, subscriptionName }: OlmOperator): Promise<OperatorState | undefined> {
  const subscription = await findObject(`get subscription ${subscriptionName}`, () => custom.getNamespacedCustomObject({ ...olm, namespace, plural: 'subscriptions', name: subscriptionName }));
  const name = subscription === undefined ? undefined : readCsvName(subscription);
  if (name === undefined) return undefined;
  const found = await findObject(`get cluster service version ${name}`, () => custom.getNamespacedCustomObject({ ...olm, namespace, plural: 'clusterserviceversions', name }));
  return found === undefined ? undefined : readPhase(found);
}
