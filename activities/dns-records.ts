import { findDnsChanges } from '../src/domain/dns/find-dns-changes';
import type { DnsRecord } from '../src/domain/dns/dns-record';
import { DnsError } from '../src/dns/dns-error';
import { timeLimit } from '../src/signals/time-limit';
import type { DnsAttempt, DnsOrder } from './contract';
import type { ActivityDeps } from './deps';
import { failureTypes, permanentFailure } from './failures';

/** A little less than the activities' own time-out, so that an attempt ends by itself. */
const attemptMs = 25_000;

/**
 * Makes the records that a cluster is found by, and takes away those that it had before in their place. Nothing is changed when a name
 * is somebody else's. Run again, it finds what it made and changes nothing.
 * @param attempt from 1. A refusal tells whether it was the first: then nothing was changed, by no lost attempt before it either
 * @returns how many records were changed
 */
export async function createDnsRecords(deps: ActivityDeps, order: DnsOrder, attempt: number, signal?: AbortSignal): Promise<{ changed: number }> {
  try {
    const changed = await change(deps, order, timeLimit(attemptMs, signal));
    if (changed > 0) deps.log.info({ cluster_id: order.clusterId, records: namesOf(order.wanted) }, 'The DNS records of a cluster were made.');
    return { changed };
  } catch (error) {
    signal?.throwIfAborted();
    deps.log.warn({ cluster_id: order.clusterId, records: namesOf(order.wanted), err: error }, 'The DNS records of a cluster could not be made.');
    const reason = describe(error);
    throw isRefusal(error) ? permanentFailure(failureTypes.dnsRefused, reason, attempt === 1) : new Error(reason, { cause: error });
  }
}

/**
 * One attempt to remove the records of a cluster: exactly those, whatever else bears their names by now. Records that are gone already
 * are no fault.
 * @returns why they could not be removed, if so; never throws for an answer of the provider or its absence
 */
export async function removeDnsRecords(deps: ActivityDeps, { clusterId, own }: Pick<DnsOrder, 'clusterId' | 'own'>, signal?: AbortSignal): Promise<DnsAttempt> {
  try {
    const changed = await change(deps, { clusterId, wanted: [], own }, timeLimit(attemptMs, signal));
    deps.log.info({ cluster_id: clusterId, records: namesOf(own), removed: changed }, 'The DNS records of a cluster are removed.');
    return { kind: 'removed', removed: changed };
  } catch (error) {
    deps.log.warn({ cluster_id: clusterId, records: namesOf(own), err: error }, 'The DNS records of a cluster could not be removed.');
    return { kind: isRefusal(error) ? 'refused' : 'unavailable', reason: describe(error) };
  }
}

const namesOf = (records: readonly DnsRecord[]): string[] => records.map(({ name }) => name);
const isRefusal = (error: unknown): boolean => error instanceof DnsError && error.type === 'Refused';
const describe = (error: unknown): string => (error instanceof DnsError ? error.message : 'the provider of domain names did not answer in time');

async function change({ dns }: ActivityDeps, { wanted, own }: DnsOrder, signal: AbortSignal): Promise<number> {
  if (!dns) throw new DnsError('Refused', 'this service manages no domains any more');
  const zoneIds = new Set([...wanted, ...own].map(({ zoneId }) => zoneId));
  let changed = 0;
  for (const zoneId of zoneIds) {
    const isHere = (record: DnsRecord): boolean => record.zoneId === zoneId;
    const [here, before] = [wanted.filter(isHere), own.filter(isHere)];
    const names = [...new Set(namesOf([...here, ...before]))];
    const found = await Promise.all(names.map((name) => dns.zones.listRecords(zoneId, name, signal)));
    const decided = findDnsChanges({ wanted: here, own: before, found: found.flat() });
    if ('conflict' in decided) throw new DnsError('Refused', `the name ${decided.conflict} is used for something else; rename the cluster, or remove the record of that name`);
    if (decided.changes.length === 0) continue;
    await dns.zones.changeRecords(zoneId, decided.changes, signal);
    changed += decided.changes.length;
  }
  return changed;
}
