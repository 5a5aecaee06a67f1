import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packRamDisk, proxyFiles } from '../../../src/iso/minimal/ram-disk';
import { unpackCpio } from '../unpack-cpio';

const read = (archive: Buffer) => unpackCpio(gunzipSync(archive)).map(({ name, mode, content }) => [name, mode.toString(8), content.toString()]);

describe('the RAM disk of a minimal image', () => {
  const files = [
    { path: '/usr/lib/dracut/hooks/initqueue/settled/90-hook.sh', mode: 0o755, content: '#!/bin/bash\n' },
    { path: '/etc/assisted/network/host0/eth0.nmconnection', mode: 0o600, content: '[connection]\n' },
    { path: '/etc/assisted/network/host1/eth0.nmconnection', mode: 0o600, content: '' },
  ];

  it('holds the files with their modes, each behind the directories it is in', () => {
    expect(read(packRamDisk(files))).toEqual([
      ['etc', '40755', ''], ['etc/assisted', '40755', ''], ['etc/assisted/network', '40755', ''], ['etc/assisted/network/host0', '40755', ''],
      ['etc/assisted/network/host0/eth0.nmconnection', '100600', '[connection]\n'],
      ['etc/assisted/network/host1', '40755', ''], ['etc/assisted/network/host1/eth0.nmconnection', '100600', ''],
      ['usr', '40755', ''], ['usr/lib', '40755', ''], ['usr/lib/dracut', '40755', ''], ['usr/lib/dracut/hooks', '40755', ''],
      ['usr/lib/dracut/hooks/initqueue', '40755', ''], ['usr/lib/dracut/hooks/initqueue/settled', '40755', ''],
      ['usr/lib/dracut/hooks/initqueue/settled/90-hook.sh', '100755', '#!/bin/bash\n'],
    ]);
  });

  it('is the same for the same files in any order, and empty for none', () => {
    expect(packRamDisk([...files].reverse()).equals(packRamDisk(files))).toBe(true);
    expect(packRamDisk([])).toHaveLength(0);
  });

  it('tells the unit that fetches the root file system of the proxies', () => {
    const [drop, ...others] = proxyFiles({ httpProxy: 'http://proxy:3128', httpsProxy: '', noProxy: '10.0.0.0/8, .local' });
    expect(others).toEqual([]);
    expect(drop).toMatchObject({ path: '/etc/systemd/system/coreos-livepxe-rootfs.service.d/10-proxy.conf', mode: 0o664 });
    expect(drop?.content).toBe([
      '[Service]', 'Environment=HTTP_PROXY=http://proxy:3128', 'Environment=http_proxy=http://proxy:3128',
      'Environment=NO_PROXY=10.0.0.0/8,.local', 'Environment=no_proxy=10.0.0.0/8,.local', '',
    ].join('\n'));
    expect(proxyFiles({ httpProxy: '', httpsProxy: '', noProxy: 'x' })).toEqual([]);
    expect(() => proxyFiles({ httpProxy: 'http://a b', httpsProxy: '', noProxy: '' })).toThrow('white space');
  });
});
