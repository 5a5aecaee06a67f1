import { ActivityFailure, ApplicationFailure, condition } from '@temporalio/workflow';
import type { DnsAttempt } from '../../../activities/contract';
import { joinDnsRecords } from '../../../src/domain/dns/find-dns-changes';
import { hasDnsRecords } from '../../../src/domain/dns/has-dns-records';
import type { DnsRecord } from '../../../src/domain/dns/dns-record';
import { removeDnsBackoff, unansweredSettleMs } from '../../policies';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

const namesOf = (records: readonly DnsRecord[]): string[] => records.map(({ name }) => name);

/**
 * Part of the preparation: the names of the cluster are there before its hosts are installed. Whether the records were made is
 * not known until the end, so from the beginning they count as there. Clusters outside managed domains plan none.
 */
export async function createDnsRecords(manager: ClusterManager, wanted: DnsRecord[]): Promise<void> {
  const { state } = manager;
  if (wanted.length === 0) return;
  if (manager.removingDns) await condition(() => !manager.removingDns);
  const own = state.dns.records;
  state.dns = { records: joinDnsRecords(own, wanted), retryAt: Date.now() + unansweredSettleMs, failures: 0 };
  const summary = `make the DNS records ${namesOf(wanted).join(', ')}`;
  const { changed } = await activities.createDnsRecords.executeWithOptions({ summary }, [{ clusterId: state.clusterId, wanted, own }]).catch((error: unknown) => {
    if (wasUntouched(error)) state.dns = { records: own, retryAt: null, failures: 0 };
    throw error;
  });
  state.dns = { records: wanted, retryAt: null, failures: 0 };
  manager.calmDown('dns');
  if (changed > 0) manager.bring({ kind: 'dnsRecordsCreated', names: namesOf(wanted) });
}

/** Refused at once: nothing was changed. */
const wasUntouched = (error: unknown): boolean =>
  error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'DnsRefused' && error.cause.details?.[0] === true;

const isPreparing = ({ state }: ClusterManager): boolean => state.status === 'preparing-for-installation';

/** Records without a cluster that is installed or being so: those of a reset, a deregistered, or a preparation that came to nothing. */
const areLeft = (manager: ClusterManager): boolean =>
  manager.state.dns.records.length > 0 && (manager.state.deregisteredAt !== null || !(isPreparing(manager) || hasDnsRecords(manager.state.status)));

/** When the next attempt to remove what is left is due. */
export function dnsRetry(manager: ClusterManager): { at: number; name: string } | null {
  const { retryAt } = manager.state.dns;
  return retryAt === null || manager.removingDns || manager.erasing || !areLeft(manager) ? null : { at: retryAt, name: 'DNS records retry' };
}

/** Removes the records that a cluster leaves behind, beside the main loop: a provider that is away delays nothing else. The permanent deletion ends it. */
export class DnsRemoval {
  follow(manager: ClusterManager): void {
    const { dns } = manager.state;
    if (manager.removingDns || manager.erasing || manager.finished || !areLeft(manager)) return;
    if (dns.retryAt !== null && dns.retryAt > Date.now()) return;
    manager.setRemovingDns(true);
    void remove(manager).finally(() => manager.setRemovingDns(false));
  }
}

async function remove(manager: ClusterManager): Promise<void> {
  const { state } = manager;
  const own = state.dns.records;
  const attempt = await attemptRemoval({ clusterId: state.clusterId, own });
  if (attempt.kind === 'removed') {
    state.dns = { records: [], retryAt: null, failures: 0 };
    manager.calmDown('dns');
    if (attempt.removed > 0) manager.bring({ kind: 'dnsRecordsRemoved', names: namesOf(own) });
    return;
  }
  const failures = state.dns.failures + 1;
  state.dns = { ...state.dns, failures, retryAt: Date.now() + removeDnsBackoff(failures) };
  if (failures === 1) manager.bring({ kind: 'dnsRecordsRemovalFailed', names: namesOf(own), reason: attempt.reason });
  if (attempt.kind === 'refused') manager.needAttention('dns', `The DNS records ${namesOf(own).join(', ')} could not be removed: ${attempt.reason}`);
}

async function attemptRemoval(request: Parameters<typeof activities.removeDnsRecords>[0]): Promise<DnsAttempt> {
  try {
    return await activities.removeDnsRecords.executeWithOptions({ summary: `remove the DNS records ${namesOf(request.own).join(', ')}` }, [request]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { kind: 'unavailable', reason: 'the attempt did not end in time' };
  }
}
