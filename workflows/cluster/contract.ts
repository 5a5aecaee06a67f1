import type { ClusterStatus } from '../../src/domain/cluster/status';
import type { DnsRecord } from '../../src/domain/dns/dns-record';
import type { HostRole } from '../../src/domain/host/role';
import type { HostStage } from '../../src/domain/host/stage';
import type { HostStatus } from '../../src/domain/host/status';
import type { AppliedSubscription, WantedSubscription } from '../../src/domain/subscription/model';

/** Name of the workflow type and of its task queue. */
export const clusterWorkflowType = 'cluster';
export const decisionsTaskQueue = 'decisions';
export const ioTaskQueue = 'io';
export const amsTaskQueue = 'ams';

/** Id of the workflow of a cluster. */
export const clusterWorkflowId = (clusterId: string): string => `cluster-${clusterId}`;

/** Type of the failure by which a workflow says that it knows nothing newer than the rows. */
export const nothingToRecover = 'NothingToRecover';

/**
 * Why a person has to look: the rows cannot be written, somebody else wrote them, object work failed for good, AMS has a second
 * subscription of the cluster, or its DNS records cannot be removed.
 */
export type AttentionCause = 'database' | 'writer' | 'objects' | 'unsubscribed' | 'dns';

/** What the workflow knows of a host: enough to explain it and to write its row again. */
export interface CarriedHost {
  id: string;
  name: string;
  role: HostRole;
  bootstrap: boolean;
  status: HostStatus;
  stage: HostStage | '';
}

/**
 * State carried from run to run. A versioned contract: fields are only added, with a default for older histories;
 * `version` rises when a reader of the older form would go wrong.
 */
export interface ClusterState {
  version: 1;
  clusterId: string;
  /** False until the registration was applied. */
  registered: boolean;
  name: string;
  baseDnsDomain: string;
  userName: string;
  orgId: string;
  openshiftVersion: string;
  status: ClusterStatus;
  statusInfo: string;
  hosts: CarriedHost[];
  revision: number;
  /** Facts version of the last refresh. */
  appliedVersion: number;
  /** Numbers the refreshes of all runs; with the workflow id it names a refresh. */
  refreshCount: number;
  deadline: { name: string; at: number; hostId?: string } | null;
  subscription: {
    wanted: WantedSubscription | null;
    applied: AppliedSubscription | null;
    /** When the next attempt is due, in Unix milliseconds; null when nothing is to be pushed. */
    retryAt: number | null;
    failures: number;
    /** A call had no answer, so AMS may hold something else than `applied`: from here on its effect no longer comes, in Unix milliseconds. */
    lookAgainAt: number | null;
    /** Set by a 4xx answer after the registration: a person has to look. */
    refused: string | null;
    /** What was wanted then, as JSON: anything else is tried at once. */
    refusedWanted: string | null;
  };
  /** The state object of the private bucket: hashes of the documents it should hold and does hold. */
  documents: { wanted: string | null; stored: string | null; retryAt: number | null; failures: number };
  /** Records that may be there on behalf of the cluster; when the next attempt to remove them is due, in Unix milliseconds. */
  dns: { records: DnsRecord[]; retryAt: number | null; failures: number };
  /** When the rows were last written or read by a refresh, in Unix milliseconds; facts from before then are in this state. */
  refreshedAt: number;
  /** Set once the cluster is deregistered: Unix milliseconds. */
  deregisteredAt: number | null;
  attentionNeeded: string | null;
  attentionCause: AttentionCause | null;
}

/** Argument of the cluster's workflow: only the id for a new one, the carried state after continue-as-new. */
export interface ClusterInput {
  clusterId: string;
  state?: ClusterState;
}
