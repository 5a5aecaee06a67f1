import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readContent } from '../../iso/format/content';
import { runCommand } from '../tools/run-command';
import { biosLoaderPath, efiFileSystemPath } from './boot-files';
import type { LiveLayout } from './live-layout';
import { toolPath } from './missing-tools';

const diskLoader = 'usr/lib/ISOLINUX/isohdpfx.bin';

/** Writes an image that boots under BIOS and UEFI; its files have ISO 9660 names and, by Rock Ridge, their own. */
export async function writeBootableIso(file: string, { volumeId, files }: LiveLayout, workDir: string): Promise<void> {
  const tree = join(workDir, 'tree');
  await rm(tree, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    const handle = await open(join(tree, path), 'w');
    try {
      for await (const chunk of readContent(content)) await handle.write(chunk);
    } finally {
      await handle.close();
    }
  }
  await runCommand('xorrisofs', [
    ...['-quiet', '-rock', '-volid', volumeId, '-o', file],
    ...['-eltorito-boot', biosLoaderPath, '-eltorito-catalog', 'isolinux/boot.cat', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table'],
    ...['-eltorito-alt-boot', '-e', efiFileSystemPath, '-no-emul-boot'],
    // Written to a disk, it boots from there: by its master boot record, or by the EFI partition in its partition table.
    ...['-isohybrid-mbr', join(workDir, 'root', diskLoader), '-isohybrid-gpt-basdat', tree],
  ], { env: { ...process.env, PATH: toolPath }, timeoutMs: 600_000 });
  await rm(tree, { recursive: true, force: true });
}
