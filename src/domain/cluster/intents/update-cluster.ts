import { draftEvent } from '../../events/draft-event';
import { checkBaseDnsDomain } from '../../input/base-dns-domain';
import { checkClusterName } from '../../input/cluster-name';
import { checkNtpSource } from '../../input/ntp-source';
import { checkProxy } from '../../input/proxy';
import { checkSshPublicKey } from '../../input/ssh-public-key';
import { isRefusal, type Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import type { Change } from '../evaluation';
import { describeFeatureUsage } from '../feature-usage';
import type { UpdateClusterIntent } from '../intents';
import type { Cluster, ClusterSnapshot } from '../model';
import { olmOperatorNames, olmOperators } from '../operators';
import type { ClusterStatus } from '../status';
import { updateHosts } from './update-hosts';
import { updateNetwork } from './update-network';

const changeable: readonly ClusterStatus[] = ['insufficient', 'ready', 'pending-for-input', 'adding-hosts'];
/** True where the settings of a cluster may change. */
export const mayUpdate = (status: ClusterStatus): boolean => changeable.includes(status);

const plainFields = ['name', 'baseDnsDomain', 'apiVipDnsName', 'pullSecretSet', 'sshPublicKey', 'additionalNtpSource', 'hyperthreading'] as const;
const given = (value: string | undefined): value is string => value !== undefined && value !== '';
const invalid = (reason: string | undefined): Refusal | undefined => (reason === undefined ? undefined : { type: 'Invalid', reason });

type Proxy = Pick<Cluster, 'httpProxy' | 'httpsProxy' | 'noProxy'>;

/** The proxy after the change; an HTTP proxy alone serves HTTPS too. */
function effectiveProxy({ httpProxy, httpsProxy, noProxy }: Cluster, intent: UpdateClusterIntent): Proxy {
  const copies = intent.httpProxy !== undefined && !given(intent.httpsProxy);
  return {
    httpProxy: intent.httpProxy ?? httpProxy,
    httpsProxy: copies ? (intent.httpProxy ?? '') : (intent.httpsProxy ?? httpsProxy),
    noProxy: intent.noProxy ?? noProxy,
  };
}

/** Wrong whatever the cluster's state is. */
function checkInput(cluster: Cluster, intent: UpdateClusterIntent, proxy: Proxy): Refusal | undefined {
  const proxyGiven = intent.httpProxy !== undefined || intent.httpsProxy !== undefined || intent.noProxy !== undefined;
  return invalid(
    (intent.name === undefined ? undefined : checkClusterName(intent.name))
    ?? (given(intent.sshPublicKey) ? checkSshPublicKey(intent.sshPublicKey) : undefined)
    ?? (proxyGiven ? checkProxy(proxy, cluster.openshiftVersion) : undefined),
  );
}

function checkNames(cluster: Cluster, intent: UpdateClusterIntent): Refusal | undefined {
  const name = intent.name ?? cluster.name;
  const domain = intent.baseDnsDomain ?? cluster.baseDnsDomain;
  const domainGiven = intent.name !== undefined || intent.baseDnsDomain !== undefined;
  return invalid(
    (domainGiven && domain !== '' ? checkBaseDnsDomain(domain, name) : undefined)
    ?? (given(intent.additionalNtpSource) ? checkNtpSource(intent.additionalNtpSource) : undefined),
  );
}

function checkKind(cluster: Cluster, intent: UpdateClusterIntent): Refusal | undefined {
  if (cluster.kind === 'Cluster' && given(intent.apiVipDnsName)) return { type: 'Invalid', reason: 'api_vip_dns_name belongs to clusters that hosts are added to' };
  if (cluster.highAvailabilityMode !== 'None') return undefined;
  if ((intent.hostsRoles ?? []).length > 0) return { type: 'Invalid', reason: 'The role of a single-node cluster\'s host cannot be set' };
  if (intent.userManagedNetworking === false) return { type: 'Invalid', reason: 'Networking of a single-node cluster is always managed by the user' };
  return undefined;
}

function changePlain(cluster: Cluster, intent: UpdateClusterIntent, proxy: Proxy): Cluster {
  const changes = Object.fromEntries(plainFields.filter((field) => intent[field] !== undefined).map((field) => [field, intent[field]]));
  return { ...cluster, ...changes, ...proxy };
}

function updateOperators(snapshot: ClusterSnapshot, requested: UpdateClusterIntent['olmOperators'], settings: DomainSettings): ClusterSnapshot | Refusal {
  if (requested === undefined) return snapshot;
  const unknown = requested.find((operator) => !olmOperatorNames.includes(operator.name));
  if (unknown) return { type: 'Invalid', reason: `Operator "${unknown.name}" is not supported; supported are ${olmOperatorNames.join(', ')}` };
  return { ...snapshot, operators: [...snapshot.operators.filter((operator) => operator.operatorType === 'builtin'), ...olmOperators(requested, settings)] };
}

/**
 * Changes a cluster that is not being installed, all or nothing. Refused as Invalid (a rule is broken), Conflict (the
 * state of the cluster or of a host forbids it) or NotFound (unknown host).
 */
export function updateCluster(snapshot: ClusterSnapshot, intent: UpdateClusterIntent, now: Date, settings: DomainSettings): Change | Refusal {
  const { cluster } = snapshot;
  const proxy = effectiveProxy(cluster, intent);
  const wrongInput = checkInput(cluster, intent, proxy);
  if (wrongInput) return wrongInput;
  if (!mayUpdate(cluster.status)) return { type: 'Conflict', reason: `The cluster cannot be changed while it is in status ${cluster.status}` };
  const wrong = checkKind(cluster, intent) ?? checkNames(cluster, intent);
  if (wrong) return wrong;
  const networked = updateNetwork({ ...snapshot, cluster: changePlain(cluster, intent, proxy) }, intent, now);
  if (isRefusal(networked)) return networked;
  const withHosts = updateHosts(networked, intent, settings);
  if (isRefusal(withHosts)) return withHosts;
  const updated = updateOperators(withHosts, intent.olmOperators, settings);
  if (isRefusal(updated)) return updated;
  const proxyChanged = proxy.httpProxy !== cluster.httpProxy || proxy.httpsProxy !== cluster.httpsProxy || proxy.noProxy !== cluster.noProxy;
  const events = proxyChanged ? [draftEvent('proxy_changed', {}, { clusterId: cluster.id, cause: now.getTime(), at: now })] : [];
  // A new pull secret is not in the image that was made with the old one: the next request makes another.
  const infraEnv = intent.pullSecretSet === undefined ? updated.infraEnv : { ...updated.infraEnv, imageHash: '' };
  return { snapshot: { ...updated, infraEnv, cluster: { ...updated.cluster, featureUsage: describeFeatureUsage(updated) } }, events };
}
