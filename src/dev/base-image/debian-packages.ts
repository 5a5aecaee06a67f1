import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../tools/run-command';
import { toolPath } from './missing-tools';

const kernelMetaPackage = 'linux-image-cloud-amd64';
const env = { ...process.env, PATH: toolPath, LC_ALL: 'C' };

export interface UnpackedPackages {
  /** Root of the unpacked files. */
  root: string;
  kernelVersion: string;
}

/** Downloads the packages a live system is made of (kept in `dir`, never installed) and unpacks them there. */
export async function unpackDebianPackages(dir: string, log: (line: string) => void): Promise<UnpackedPackages> {
  const kernelPackage = await findKernelPackage();
  const root = join(dir, 'root');
  const archives = join(dir, 'packages');
  await mkdir(root, { recursive: true });
  await mkdir(archives, { recursive: true });
  for (const name of [kernelPackage, 'busybox-static', 'isolinux', 'syslinux-common', 'grub-efi-amd64-bin']) {
    const archive = (await findArchive(archives, name)) ?? (await download(archives, name, log));
    await runCommand('dpkg-deb', ['-x', join(archives, archive), root], { env, timeoutMs: 120_000 });
  }
  return { root, kernelVersion: kernelPackage.replace(/^linux-image-/, '') };
}

/** The newest kernel the distribution has for virtual machines. */
async function findKernelPackage(): Promise<string> {
  const output = await runCommand('apt-cache', ['depends', kernelMetaPackage], { env, timeoutMs: 30_000 });
  const name = /Depends: (linux-image-\S+)/.exec(output)?.[1];
  if (!name) throw new Error(`apt knows no package ${kernelMetaPackage}; apt-get update may help`);
  return name;
}

async function findArchive(archives: string, name: string): Promise<string | undefined> {
  return (await readdir(archives)).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
}

async function download(archives: string, name: string, log: (line: string) => void): Promise<string> {
  log(`base images: downloading the Debian package ${name}`);
  const limits = ['-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::https::Timeout=10', '-o', 'Acquire::Retries=1', '-o', 'APT::Sandbox::User='];
  await runCommand('apt-get', ['download', '-q', ...limits, name], { env, cwd: archives, timeoutMs: 300_000 });
  const archive = await findArchive(archives, name);
  if (!archive) throw new Error(`apt-get downloaded no package ${name}`);
  return archive;
}
