import { describe, expect, it } from 'vitest';
import { managedDomains } from '../../src/config/managed-domains';

describe('BASE_DNS_DOMAINS', () => {
  it('is a list of domains with zone and provider', () => {
    expect(managedDomains.parse('a.example.com:Z1/route53, b.example.com:Z2/route53,')).toEqual([
      { domain: 'a.example.com', zoneId: 'Z1', provider: 'route53' },
      { domain: 'b.example.com', zoneId: 'Z2', provider: 'route53' },
    ]);
    expect(managedDomains.parse('')).toEqual([]);
  });

  it.each([
    ['a.example.com', 'must have the form name:id/provider'],
    ['a.example.com:Z1', 'must have the form name:id/provider'],
    ['a.example.com:Z1/other', 'provider of a.example.com must be route53'],
    ['A_B:Z1/route53', 'lower-case DNS labels'],
    ['a.example.com:Z1/route53,a.example.com:Z2/route53', 'is named twice'],
  ])('is refused as %s', (text, reason) => {
    expect(managedDomains.safeParse(text).error?.issues[0]?.message).toContain(reason);
  });
});
