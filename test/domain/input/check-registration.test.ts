import { describe, expect, it } from 'vitest';
import { checkRegistration, type RegistrationBody } from '../../../src/domain/input/check-registration';
import { compareVersions } from '../../../src/domain/input/compare-versions';
import { resolveVersion } from '../../../src/domain/input/openshift-version';
import { isRefusal } from '../../../src/domain/refusal';

const defaults = { releaseVersion: '4.8.2', releaseImage: 'images.example.com/release:4.8.2', ntpSource: 'time.example.com' };
const check = (body: Partial<RegistrationBody>) => checkRegistration({ name: 'demo', openshiftVersion: '4.8', ...body }, defaults);

describe('checkRegistration', () => {
  it('fills in the defaults', () => {
    expect(check({})).toEqual({
      name: 'demo', openshiftVersion: '4.8.2', ocpReleaseImage: 'images.example.com/release:4.8.2', highAvailabilityMode: null, baseDnsDomain: '', clusterNetworkCidr: '10.128.0.0/14',
      clusterNetworkHostPrefix: 23, serviceNetworkCidr: '172.30.0.0/16', ingressVip: '', sshPublicKey: '', vipDhcpAllocation: true, userManagedNetworking: false,
      additionalNtpSource: 'time.example.com', hyperthreading: 'all', httpProxy: '', httpsProxy: '', noProxy: '', olmOperators: [],
    });
  });

  it('takes null for not given', () => {
    const nulls = { highAvailabilityMode: null, vipDhcpAllocation: null, userManagedNetworking: null, additionalNtpSource: null, httpProxy: null, httpsProxy: null, noProxy: null };
    expect(check(nulls)).toEqual(check({}));
  });

  it('keeps an empty NTP source and copies the HTTP proxy', () => {
    expect(check({ additionalNtpSource: '', httpProxy: 'http://proxy:3128' })).toMatchObject({ additionalNtpSource: '', httpsProxy: 'http://proxy:3128' });
    expect(check({ httpProxy: 'http://proxy:3128', httpsProxy: 'http://other:3128' })).toMatchObject({ httpsProxy: 'http://other:3128' });
  });

  it('a single node manages its network', () => {
    expect(check({ highAvailabilityMode: 'None', vipDhcpAllocation: true })).toMatchObject({ highAvailabilityMode: 'None', userManagedNetworking: true, vipDhcpAllocation: false });
    expect(check({ highAvailabilityMode: 'None', openshiftVersion: '4.8.0-fc.1' })).toMatchObject({ userManagedNetworking: true });
    expect(check({ highAvailabilityMode: 'None', openshiftVersion: '4.10' })).toMatchObject({ userManagedNetworking: true });
  });

  it.each<[string, Partial<RegistrationBody>, string]>([
    ['name', { name: 'Demo' }, 'name'],
    ['domain', { baseDnsDomain: 'example' + '.c' }, 'domain'],
    ['proxy', { httpProxy: 'https://proxy' }, 'HTTP proxy'],
    ['NTP source', { additionalNtpSource: 'a b' }, 'NTP'],
    ['SSH key', { sshPublicKey: 'nonsense' }, 'SSH'],
    ['single node too old', { highAvailabilityMode: 'None', openshiftVersion: '4.7' }, '4.8'],
    ['single node with a VIP', { highAvailabilityMode: 'None', ingressVip: '10.0.0.1' }, 'ingress_vip'],
    ['own network with the default of DHCP', { userManagedNetworking: true }, 'vip_dhcp_allocation'],
    ['own network with a VIP', { userManagedNetworking: true, vipDhcpAllocation: false, ingressVip: '10.0.0.1' }, 'ingress_vip'],
    ['DHCP with a VIP', { ingressVip: '10.0.0.1' }, 'ingress_vip'],
    ['no address', { vipDhcpAllocation: false, ingressVip: '10.0.0.300' }, 'ingress_vip'],
    ['operator', { olmOperators: [{ name: 'nothing' }] }, 'nothing'],
  ])('refuses a wrong %s', (_rule, body, named) => {
    const answer = check(body);
    expect(answer).toMatchObject({ type: 'Invalid', reason: expect.stringContaining(named) });
  });

  it('takes fixed VIPs and an own network when DHCP is off', () => {
    expect(check({ vipDhcpAllocation: false, ingressVip: '10.0.0.1' })).toMatchObject({ ingressVip: '10.0.0.1' });
    expect(check({ vipDhcpAllocation: false, userManagedNetworking: true })).toMatchObject({ userManagedNetworking: true });
  });
});

describe('resolveVersion', () => {
  const versions = { '4.7': 1, '4.10': 3, '4.8': 2 };

  it.each([['4.8', 2], ['4.8.2', 2], ['4.8.0-rc.1', 2], ['4.10.3', 3]])('finds %s', (requested, version) => {
    expect(resolveVersion(versions, requested)).toMatchObject({ version });
  });

  it.each(['4.9', '4', '', '4.8.x', '4.80', 'latest', 'constructor'])('refuses %j and lists what there is', (requested) => {
    const answer = resolveVersion(versions, requested);
    expect(isRefusal(answer) && answer.reason).toContain('4.7, 4.8, 4.10');
  });
});

describe('compareVersions', () => {
  it('orders as semantic versioning does', () => {
    const ordered = ['4.7.9', '4.8.0-fc.2', '4.8.0-fc.10', '4.8.0-fc.alpha', '4.8.0-rc.0', '4.8', '4.8.1', '4.10'];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
    expect(compareVersions('4.8', '4.8.0')).toBe(0);
  });
});
