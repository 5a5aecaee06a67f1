import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readDependencies, readKernelModules } from '../../../src/dev/base-image/kernel-modules';

const dir = mkdtempSync(join(tmpdir(), 'modules-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function addModule(path: string, depends: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), `\x7fELF\0license=GPL\0depends=${depends}\0retpoline=Y\0`);
}

it('modules come behind those they depend on, each once', async () => {
  addModule('drivers/net/virtio_net.ko', 'net_failover');
  addModule('drivers/net/net_failover.ko', 'failover');
  addModule('net/core/failover.ko', '');
  addModule('drivers/scsi/sr_mod.ko', 'scsi_mod,cdrom');
  addModule('drivers/scsi/sd_mod.ko', 'scsi_mod,crc-t10dif');
  addModule('drivers/scsi/scsi_mod.ko', 'scsi_common');
  addModule('drivers/cdrom/cdrom.ko', '');
  addModule('lib/crc-t10dif.ko', '');
  addModule('drivers/other.ko', '');
  const names = (await readKernelModules(dir)).map(({ name }) => name);
  expect(names).toEqual(['failover.ko', 'net_failover.ko', 'virtio_net.ko', 'scsi_mod.ko', 'crc_t10dif.ko', 'sd_mod.ko', 'cdrom.ko', 'sr_mod.ko']);
});

it('a module without a word on it depends on none', () => {
  expect(readDependencies(Buffer.from('\x7fELF\0depends=\0'))).toEqual([]);
  expect(readDependencies(Buffer.from('\x7fELF'))).toEqual([]);
});
