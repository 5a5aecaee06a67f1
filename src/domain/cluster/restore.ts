import { effectiveHostname } from '../host/effective-hostname';
import { createHost } from '../host/create-host';
import type { Host } from '../host/model';
import type { HostRole } from '../host/role';
import type { HostStage } from '../host/stage';
import type { HostStatus } from '../host/status';
import type { DomainSettings } from '../settings';
import { createAddHostsSnapshot } from './create-add-hosts';
import { createClusterSnapshot } from './create';
import type { ClusterSnapshot } from './model';
import type { ClusterStatus } from './status';

/** What is known of a host whose row is gone or old. */
export interface KnownHost {
  id: string;
  name: string;
  role: HostRole;
  bootstrap: boolean;
  status: HostStatus;
  stage: HostStage | '';
}

/** What is known for sure of a cluster whose rows are gone or old. */
export interface KnownCluster {
  clusterId: string;
  name: string;
  baseDnsDomain: string;
  userName: string;
  orgId: string;
  openshiftVersion: string;
  status: ClusterStatus;
  statusInfo: string;
  hosts: KnownHost[];
  subscriptionId: string;
}

const restoredInfo = 'Restored after the database was lost';

/**
 * A cluster put together again: what is known for sure, the rest as it was stored last (`stored`, or else older rows), and
 * what nobody knows as for a new one. All periods of time begin anew, so that none ends because the database was away.
 */
export function restoreSnapshot(known: KnownCluster, stored: ClusterSnapshot | null, older: ClusterSnapshot | null, now: Date, settings: DomainSettings): ClusterSnapshot {
  const blank = blankSnapshot(known, now, settings);
  const base = stored ?? older ?? blank;
  const { name, baseDnsDomain, userName, orgId, openshiftVersion, status, statusInfo, subscriptionId } = known;
  const cluster = {
    ...blank.cluster, ...base.cluster, name, baseDnsDomain, userName, orgId, openshiftVersion, status, statusInfo,
    statusUpdatedAt: now, activeAt: now, validationsInfo: '', amsSubscriptionId: base.cluster.amsSubscriptionId || subscriptionId,
  };
  // What was being prepared is prepared anew, as an installation of its own.
  const isPreparing = status === 'preparing-for-installation' && cluster.preparationResult !== 'success';
  if (isPreparing) cluster.installStartedAt = now;
  const snapshot = { cluster, infraEnv: { ...blank.infraEnv, ...base.infraEnv }, hosts: [], operators: base.operators };
  const find = (from: ClusterSnapshot | null, id: string): Host | undefined => from?.hosts.find((host) => host.id === id);
  return { ...snapshot, hosts: known.hosts.map((host, index) => restoreHost(host, createHost(snapshot, host.id, '', later(now, index)), find(stored, host.id), find(older, host.id), now)) };
}

/** Hosts stand in the order of their creation, which is all that is known of it. */
const later = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);

function restoreHost(known: KnownHost, blank: Host, stored: Host | undefined, older: Host | undefined, now: Date): Host {
  const base = stored ?? older ?? blank;
  const facts = { ...blank.facts, ...older?.facts, ...stored?.facts };
  const { role, bootstrap, status, stage } = known;
  const host: Host = {
    ...blank, ...base, facts, role, bootstrap, status, stage,
    statusInfo: base.status === status && base !== blank ? base.statusInfo : restoredInfo,
    stageInfo: base.stage === stage ? base.stageInfo : '',
    statusUpdatedAt: now,
    stageStartedAt: stage === '' ? null : now,
    stageUpdatedAt: stage === '' ? null : now,
    // A host that counted as disconnected has to be heard before it counts as back.
    checkedInAt: status === 'disconnected' ? new Date(0) : now,
    validationsInfo: '',
  };
  // Either its user gave it this name or its agent will tell the same again.
  return effectiveHostname(host) === known.name || known.name === host.id ? host : { ...host, requestedHostname: known.name };
}

function blankSnapshot(known: KnownCluster, now: Date, settings: DomainSettings): ClusterSnapshot {
  const { clusterId, name, userName, orgId, openshiftVersion, baseDnsDomain } = known;
  if (known.status === 'adding-hosts') {
    return createAddHostsSnapshot({ operation: 'registerAddHosts', name, userName, orgId, emailDomain: '', openshiftVersion, apiVipDnsName: '' }, clusterId, now).snapshot;
  }
  return createClusterSnapshot({
    operation: 'register', name, userName, orgId, emailDomain: '', openshiftVersion, ocpReleaseImage: '', highAvailabilityMode: null, baseDnsDomain,
    clusterNetworkCidr: '', clusterNetworkHostPrefix: 0, serviceNetworkCidr: '', ingressVip: '', sshPublicKey: '', vipDhcpAllocation: false, userManagedNetworking: false,
    additionalNtpSource: '', hyperthreading: 'all', httpProxy: '', httpsProxy: '', noProxy: '', olmOperators: [],
  }, { clusterId }, false, now, settings).snapshot;
}
