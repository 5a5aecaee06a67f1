import type { CarriedHost, ClusterState } from '../workflows/cluster/contract';
import type { Duty } from '../src/domain/cluster/evaluation';
import type { ClusterOutcome } from '../src/domain/cluster/outcomes';
import type { ClusterStatus } from '../src/domain/cluster/status';
import type { DnsRecord } from '../src/domain/dns/dns-record';
import type { Refusal } from '../src/domain/refusal';
import type { AppliedSubscription, WantedSubscription } from '../src/domain/subscription/model';

export interface RefreshRequest {
  clusterId: string;
  /** Names this refresh in all its attempts. */
  refreshId: string;
  /** Revision the workflow knows; the rows must carry the same. */
  revision: number;
  /** Workflow time in Unix milliseconds. */
  now: number;
  /** Ids of stored intents to apply or refuse, in order. */
  intents: string[];
  /** Ids of intents that an earlier attempt may have applied before its answer was lost; only told of, never applied now. */
  doubtful?: string[];
  /** Intents that the workflow itself refuses, e.g. because AMS did. */
  refusals: { intentId: string; refusal: Refusal }[];
  /** What other activities brought back since the last refresh, in order. */
  outcomes: { at: number; outcome: ClusterOutcome }[];
  /** The hosts as the workflow knows them: the result tells only what differs. Requests of local activities stand in no history. */
  hosts?: CarriedHost[];
}

/** What remains to be done for an applied intent beside the rows. */
export interface IntentAftermath {
  image?: 'reuse' | 'build';
  /** The stored discovery image is outdated and has to go. */
  removeImage?: boolean;
  /** Ids of day-2 hosts whose ignitions are to be stored; then they are installed. */
  installHosts?: string[];
}

export type IntentOutcome = ({ applied: true } & IntentAftermath) | { applied: false; refusal: Refusal };

/** What became of hosts that the workflow knew otherwise, or not at all; the new ones in the order of their registration. */
export interface HostChanges {
  changed: CarriedHost[];
  /** Ids of hosts that are not there any more. */
  removed: string[];
}

/** What the workflow keeps of a refresh. */
export interface RefreshResult {
  /** `absent`: there is no such cluster (its registration was refused). */
  kind: 'live' | 'deregistered' | 'absent';
  revision: number;
  appliedVersion: number;
  intents: Record<string, IntentOutcome>;
  cluster: {
    name: string;
    baseDnsDomain: string;
    userName: string;
    orgId: string;
    openshiftVersion: string;
    status: ClusterStatus;
    statusInfo: string;
  } | null;
  /** All hosts only where the request named none, as in histories from before 2026-11-21: those of 250 hosts took 37 kB a refresh. */
  hosts: CarriedHost[] | HostChanges;
  deadline: { name: string; at: number; hostId?: string } | null;
  duties: Duty[];
  /** null when subscriptions are switched off or the cluster has none. */
  wanted: WantedSubscription | null;
  /** Hash of the documents that the cluster's state object should hold. Absent in histories from before 2026-11-21. */
  documents?: string;
  /** The DNS records that the installation needs; only together with the duty to prepare it, and only in managed domains. */
  dnsRecords?: DnsRecord[];
  /** The cluster was deregistered for its inactivity while it runs: its DNS records are its users' by now. */
  keepsDnsRecords?: true;
}

/** What a cluster's zones are to hold, and what may be there on its behalf. */
export interface DnsOrder {
  clusterId: string;
  wanted: DnsRecord[];
  own: DnsRecord[];
}

export type DnsAttempt = { kind: 'removed'; removed: number } | { kind: 'refused' | 'unavailable'; reason: string };

/** Asks for the rows of a cluster to be written again from what its workflow carries. */
export interface RestoreRequest {
  /** The refresh that found the rows gone or old: the next one bears the same name, so it takes the restored rows for its own. */
  refreshId: string;
  state: ClusterState;
}

export interface RestoreResult {
  revision: number;
  restored: boolean;
}

export interface SubscriptionPush {
  clusterId: string;
  userName: string;
  wanted: WantedSubscription;
  applied: AppliedSubscription | null;
}

export type SubscriptionAttempt =
  | {
      kind: 'applied';
      applied: AppliedSubscription | null;
      /** Ids of subscriptions that AMS made out of this cluster's metrics because it did not know it yet; only after its OpenShift id was pushed. */
      unsubscribed?: string[];
    }
  | { kind: 'refused'; status: number; reason: string }
  | { kind: 'unavailable'; reason: string };
