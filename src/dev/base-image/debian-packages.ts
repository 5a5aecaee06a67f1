import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../tools/run-command';
import { toolPath } from './missing-tools';

const kernelMetaPackage = 'linux-image-amd64';
/** Boot loaders and programs of the live system. */
const programs = ['busybox-static', 'isolinux', 'syslinux-common', 'grub-efi-amd64-bin', 'chrony'];
/** What Node.js is linked to, beside the C library. */
const nodeLibraries = ['libstdc++6'];
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
  const names = [kernelPackage, ...programs, ...(await withLibraries([...programs, ...nodeLibraries]))];
  const present = new Set((await readdir(archives)).map((file) => file.split('_')[0]));
  const missing = [...new Set(names)].filter((name) => !present.has(name));
  if (missing.length > 0) await download(archives, missing, log);
  for (const archive of (await readdir(archives)).filter((file) => names.includes(file.split('_')[0] ?? '') && file.endsWith('.deb'))) {
    await runCommand('dpkg-deb', ['-x', join(archives, archive), root], { env, timeoutMs: 300_000 });
  }
  return { root, kernelVersion: kernelPackage.replace(/^linux-image-/, '') };
}

/** The newest kernel the distribution has. */
async function findKernelPackage(): Promise<string> {
  const output = await runCommand('apt-cache', ['depends', kernelMetaPackage], { env, timeoutMs: 30_000 });
  const name = /Depends: (linux-image-\S+)/.exec(output)?.[1];
  if (!name) throw new Error(`apt knows no package ${kernelMetaPackage}; apt-get update may help`);
  return name;
}

/** The packages with the shared libraries that these packages need, and that those need. */
async function withLibraries(names: readonly string[]): Promise<string[]> {
  const found = new Set(names.filter((name) => name.startsWith('lib')));
  for (let next = names; next.length > 0; ) {
    const output = await runCommand('apt-cache', ['depends', '--important', ...next], { env, timeoutMs: 60_000 });
    const needed = [...output.matchAll(/^ +(?:Pre)?Depends: (lib[^\s<:]+)/gm)].flatMap(([, name]) => name ?? []);
    next = [...new Set(needed)].filter((name) => !found.has(name));
    next.forEach((name) => found.add(name));
  }
  return [...found];
}

async function download(archives: string, names: readonly string[], log: (line: string) => void): Promise<void> {
  log(`base images: downloading the Debian packages ${names.join(', ')}`);
  const limits = ['-o', 'Acquire::http::Timeout=10', '-o', 'Acquire::https::Timeout=10', '-o', 'Acquire::Retries=1', '-o', 'APT::Sandbox::User='];
  await runCommand('apt-get', ['download', '-q', ...limits, ...names], { env, cwd: archives, timeoutMs: 600_000 });
}
