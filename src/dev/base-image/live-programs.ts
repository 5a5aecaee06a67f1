import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CpioEntry } from '../../iso/cpio';
import { buildProgram } from '../build/build-program';
import { findLibraries } from './shared-libraries';

const program = 0o100755;
const plain = 0o100644;
/** Name of the bundle → where the system has it as a program. */
const ownPrograms = { agent: 'usr/local/bin/agent', kubelet: 'usr/bin/kubelet' } as const;

/** The bundles of this project that a live system carries, by name. */
export async function buildOwnPrograms(): Promise<Record<'live' | 'agent' | 'kubelet', Buffer>> {
  const [live, agent, kubelet] = await Promise.all((['live', 'agent', 'kubelet'] as const).map(async (name) => readFile(await buildProgram(name))));
  return { live: live ?? Buffer.alloc(0), agent: agent ?? Buffer.alloc(0), kubelet: kubelet ?? Buffer.alloc(0) };
}

/** Node.js as it runs here, the clock daemon and the programs of this project, with all that they are linked to. */
export async function collectPrograms(root: string): Promise<CpioEntry[]> {
  const foreign: Record<string, string> = { 'usr/bin/node': process.execPath, 'usr/sbin/chronyd': join(root, 'usr/sbin/chronyd'), 'usr/bin/chronyc': join(root, 'usr/bin/chronyc') };
  const libraries = await findLibraries(Object.values(foreign), root);
  const own = await buildOwnPrograms();
  const copied = await Promise.all(Object.entries({ ...foreign, ...libraries }).map(async ([name, path]) => ({ name, mode: program, content: await readFile(path) })));
  return [
    ...copied,
    ...Object.entries(own).map(([name, content]) => ({ name: `usr/lib/live/${name}.js`, mode: plain, content })),
    { name: 'usr/lib/live/package.json', mode: plain, content: '{"type":"module"}\n' },
    ...Object.entries(ownPrograms).map(([name, path]) => ({ name: path, mode: program, content: `#!/bin/sh\nexec node /usr/lib/live/${name}.js "$@"\n` })),
  ];
}
