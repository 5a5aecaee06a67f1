import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBaseDnsDomain } from '../../../src/domain/input/base-dns-domain';
import { checkClusterName } from '../../../src/domain/input/cluster-name';
import { checkHostname } from '../../../src/domain/input/hostname';
import { checkInstallerArgs } from '../../../src/domain/input/installer-args';
import { checkNtpSource } from '../../../src/domain/input/ntp-source';
import { checkProxy } from '../../../src/domain/input/proxy';

const refused = expect.any(String);

describe('checkClusterName', () => {
  it.each(['a', 'demo', 'my-cluster-1', 'a'.repeat(54)])('takes %s', (name) => expect(checkClusterName(name)).toBeUndefined());
  it.each(['', '1a', '-a', 'a-', 'A', 'a_b', 'a.b', 'a'.repeat(55), 'a\n'])('refuses %j', (name) => expect(checkClusterName(name)).toEqual(refused));

  it('takes only names that are DNS labels', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (name) => {
      if (checkClusterName(name) === undefined) expect(checkHostname(name)).toBeUndefined();
    }));
  });
});

describe('checkBaseDnsDomain', () => {
  it.each(['example.com', 'a.b-c.example.org', `${'a'.repeat(63)}.com`])('takes %s', (domain) => expect(checkBaseDnsDomain(domain, 'demo')).toBeUndefined());
  it.each(['Example.com', 'example.c', 'example.c0m', '-a.com', 'a-.com', 'a..com', '.com', 'example.com.', `${'a'.repeat(64)}.com`])('refuses %s', (domain) => {
    expect(checkBaseDnsDomain(domain, 'demo')).toEqual(refused);
  });

  it('counts the whole name of the applications', () => {
    const domain = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(54)}.com`;
    expect([checkBaseDnsDomain(domain, 'demo'), checkBaseDnsDomain(domain, 'demodemo')]).toEqual([undefined, refused]);
  });
});

describe('checkHostname', () => {
  it.each(['node-1', 'node.example.com', '0a', 'a'.repeat(63)])('takes %s', (name) => expect(checkHostname(name)).toBeUndefined());
  it.each(['', '-a', 'A', 'a_b', 'a..b', 'a.', 'a'.repeat(64), Array.from({ length: 50 }, () => 'abcde').join('.')])('refuses %j', (name) => expect(checkHostname(name)).toEqual(refused));
});

describe('checkNtpSource', () => {
  it.each(['', 'time.example.com', '10.0.0.1,2001:db8::1, time-1'])('takes %j', (sources) => expect(checkNtpSource(sources)).toBeUndefined());
  it.each(['a b', ',', 'a,,b', '10.0.0.300', 'http://a', '-a'])('refuses %j', (sources) => expect(checkNtpSource(sources)).toEqual(refused));
});

describe('checkProxy', () => {
  const check = (proxy: Partial<Parameters<typeof checkProxy>[0]>, version = '4.8.2') => checkProxy({ httpProxy: '', httpsProxy: '', noProxy: '', ...proxy }, version);

  it.each(['http://proxy.example.com', 'http://10.0.0.1:3128', 'http://user:pa%40ss@proxy:3128/', 'http://[fd00::1]:3128'])('takes %s', (httpProxy) => {
    expect(check({ httpProxy, httpsProxy: httpProxy })).toBeUndefined();
  });
  it.each(['https://proxy', 'proxy:3128', 'ftp://proxy', 'http://', 'http://a b', 'http://proxy:99999', 'http://10.0.0.300'])('refuses %s', (url) => {
    expect(check({ httpProxy: url })).toEqual(refused);
    expect(check({ httpsProxy: url })).toEqual(refused);
  });

  it('never repeats the credentials of a URL', () => {
    expect(check({ httpProxy: 'http://user:s3cret@proxy:99999' })).not.toContain('s3cret');
  });

  it.each(['example.com', '.example.com,10.0.0.1,10.0.0.0/8,fd00::/8', 'localhost'])('takes no_proxy %s', (noProxy) => expect(check({ noProxy })).toBeUndefined());
  it.each(['a b', 'a,,b', '*,a', 'http://a', '10.0.0.0/99'])('refuses no_proxy %s', (noProxy) => expect(check({ noProxy })).toEqual(refused));

  it.each([['4.7.9', refused], ['4.8.0-fc.3', refused], ['4.8.0-fc.4', undefined], ['4.8.0-rc.0', undefined], ['4.8.2', undefined], ['4.10.1', undefined]])('the wildcard with %s', (version, expected) => {
    expect(check({ noProxy: '*' }, version)).toEqual(expected);
  });
});

describe('checkInstallerArgs', () => {
  it.each([[[]], [['--append-karg', 'ip=eth0:dhcp', '--copy-network', '-n']], [['--save-partindex=1', '--image-url', 'http://a/b']]])('takes %j', (args) => {
    expect(checkInstallerArgs(args)).toBeUndefined();
  });
  it.each([[['--ignition-file', 'x']], [['append-karg']], [['--append-karg']], [['--append-karg', '-n']], [['--copy-network=1']], [['--constructor', 'x']]])('refuses %j', (args) => {
    expect(checkInstallerArgs(args)).toEqual(refused);
  });
});
