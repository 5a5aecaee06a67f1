export const dnsProviders = ['route53'] as const;
export type DnsProvider = (typeof dnsProviders)[number];

/** A base domain whose records the operators of the service manage. */
export interface ManagedDomain {
  domain: string;
  /** The provider's id of the zone. */
  zoneId: string;
  provider: DnsProvider;
}
