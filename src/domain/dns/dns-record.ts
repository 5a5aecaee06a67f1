/** An address that a cluster's installer and users look up, in a zone that this service manages. */
export interface DnsRecord {
  zoneId: string;
  /** Full name in lower case, without a dot at its end; a wildcard begins with `*.`. */
  name: string;
  type: 'A' | 'AAAA';
  address: string;
}

/** What a zone holds under one name and type. */
export interface FoundRecord {
  name: string;
  /** A, AAAA, CNAME, TXT, … */
  type: string;
  ttlSeconds: number;
  /** Empty for records that name no values: those that stand for another resource of the provider, or one of several by weight or place. */
  values: string[];
}

/** One change of a zone; what is deleted has to be told exactly as it was found. */
export interface DnsChange {
  action: 'UPSERT' | 'DELETE';
  record: FoundRecord;
}

export const isSameRecord = (a: DnsRecord, b: DnsRecord): boolean => a.zoneId === b.zoneId && a.name === b.name && a.type === b.type && a.address === b.address;
