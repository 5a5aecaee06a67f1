import { isSameRecord, type DnsChange, type DnsRecord, type FoundRecord } from './dns-record';

/** Seconds for which resolvers may keep a record: an installation that is begun again with other addresses does not wait long. */
const ttlSeconds = 60;

/** Kinds of records that answer the question for an address. */
const addressTypes = ['A', 'AAAA', 'CNAME'];

const holds = (found: FoundRecord, { name, type, address }: DnsRecord): boolean =>
  found.name === name && found.type === type && found.values.length === 1 && found.values[0] === address;

/**
 * What has to change in one zone so that it holds what is wanted, and no longer what the cluster had before. Names that somebody
 * else uses are never touched: they are a conflict where they are wanted, and left alone where they are to go.
 * @param own what may be there on behalf of the same cluster
 * @param found what is there, under the names of `wanted` and `own`
 */
export function findDnsChanges({ wanted, own, found }: { wanted: readonly DnsRecord[]; own: readonly DnsRecord[]; found: readonly FoundRecord[] }): { changes: DnsChange[] } | { conflict: string } {
  const isOurs = (record: FoundRecord): boolean => [...own, ...wanted].some((ours) => holds(record, ours));
  const names = new Set(wanted.map(({ name }) => name));
  const foreign = found.find((record) => names.has(record.name) && addressTypes.includes(record.type) && !isOurs(record));
  if (foreign) return { conflict: foreign.name };
  const isReplaced = (record: FoundRecord): boolean => wanted.some(({ name, type }) => name === record.name && type === record.type);
  const gone = found.filter((record) => !isReplaced(record) && own.some((ours) => holds(record, ours)));
  const missing = wanted.filter((record) => !found.some((there) => holds(there, record)));
  return {
    changes: [
      ...gone.map((record): DnsChange => ({ action: 'DELETE', record })),
      ...missing.map(({ name, type, address }): DnsChange => ({ action: 'UPSERT', record: { name, type, ttlSeconds, values: [address] } })),
    ],
  };
}

/** Both lists as one, each record once. */
export const joinDnsRecords = (a: readonly DnsRecord[], b: readonly DnsRecord[]): DnsRecord[] => [...a, ...b.filter((record) => !a.some((other) => isSameRecord(other, record)))];
