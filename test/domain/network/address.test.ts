import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressOf, cidrContains, cidrsOverlap, compareAddresses, familyOf, isNetworkAddress, networkOf, normaliseAddress, parseAddress, parseCidr,
} from '../../../src/domain/network/address';

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));

describe('addresses', () => {
  it.each([
    ['192.168.1.7/24', '192.168.1.0/24'], ['10.0.0.1/0', '0.0.0.0/0'], ['10.1.2.3/32', '10.1.2.3/32'], ['2001:DB8::7/64', '2001:db8::/64'], ['fe80:0:0:0:1::/64', 'fe80::/64'],
    ['192.168.1.7', undefined], ['192.168.1/24', undefined], ['192.168.1.7/33', undefined], ['192.168.1.7/-1', undefined], ['fe80::1%eth0/64', undefined], ['256.0.0.1/8', undefined], ['/24', undefined],
  ])('networkOf(%s) is %s', (text, network) => {
    expect(networkOf(text)).toBe(network);
  });

  it('spells addresses in one way', () => {
    expect(normaliseAddress('2001:0DB8:0:0::1')).toBe('2001:db8::1');
    expect(normaliseAddress('10.0.0')).toBeUndefined();
    expect(normaliseAddress('010.0.0.1')).toBeUndefined();
    expect(addressOf('2001:DB8::5/64')).toBe('2001:db8::5');
  });

  it('tells families apart', () => {
    expect([familyOf('10.0.0.1'), familyOf('10.0.0.0/8'), familyOf('::1'), familyOf('fd00::/8'), familyOf('x')]).toEqual([4, 4, 6, 6, undefined]);
    expect(cidrContains('0.0.0.0/0', '::1')).toBe(false);
    expect(cidrsOverlap('0.0.0.0/0', '::/0')).toBe(false);
  });

  it.each([
    ['10.0.0.0/8', '10.1.0.0/16', true], ['10.1.0.0/16', '10.0.0.0/8', true], ['10.0.0.0/16', '10.1.0.0/16', false], ['fd01::/48', 'fd01::/64', true], ['fd01::/48', 'fd02::/48', false],
  ])('overlap of %s and %s: %s', (a, b, expected) => {
    expect(cidrsOverlap(a, b)).toBe(expected);
  });

  it('orders by family, then value, unreadable ones last', () => {
    expect(['x', '::1', '10.0.0.10', '10.0.0.9', 'a'].sort(compareAddresses)).toEqual(['10.0.0.9', '10.0.0.10', '::1', 'a', 'x']);
  });

  it('every network holds the address it was made from and is its own network address', () => {
    fc.assert(fc.property(ipv4, fc.nat(32), (address, prefix) => {
      const network = networkOf(`${address}/${prefix}`) ?? '';
      expect(cidrContains(network, address)).toBe(true);
      expect(isNetworkAddress(network)).toBe(true);
      expect(isNetworkAddress(`${address}/${prefix}`)).toBe(network === `${address}/${prefix}`);
      expect(parseAddress(address)?.value).toBe(parseCidr(`${address}/${prefix}`)?.address);
    }));
  });
});
