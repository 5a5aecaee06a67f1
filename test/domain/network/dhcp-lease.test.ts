import { describe, expect, it } from 'vitest';
import { checkDhcpLease, withoutExpiry } from '../../../src/domain/network/dhcp-lease';

const lease = `lease {
  interface "api";
  fixed-address 10.0.0.16;
  option subnet-mask 255.255.255.0;
  renew 0 2024/10/25 14:48:38;
  rebind 0 2024/10/25 15:11:32;
  expire 0 2024/10/25 15:19:02;
}`;

describe('DHCP leases', () => {
  it('are accepted for their own address, or not at all given', () => {
    expect(checkDhcpLease(lease, '10.0.0.16')).toBeUndefined();
    expect(checkDhcpLease('', '10.0.0.16')).toBeUndefined();
  });

  it.each([lease.replace('10.0.0.16', '10.0.0.17'), lease.slice(0, -1), 'lease { interface "api" }', 'lease { { } }', 'something else', 'lease { 1 2; }'])('%# is refused', (text) => {
    expect(checkDhcpLease(text, '10.0.0.16')).toEqual(expect.any(String));
  });

  it('never end', () => {
    expect(withoutExpiry(lease)).toBe(lease.replace(/0 2024\S+ \S+;/g, 'never;'));
    expect(withoutExpiry(withoutExpiry(lease))).toBe(withoutExpiry(lease));
    expect(checkDhcpLease(withoutExpiry(lease), '10.0.0.16')).toBeUndefined();
  });
});
