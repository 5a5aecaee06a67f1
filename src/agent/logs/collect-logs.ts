import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { Machine } from '../machine/machine';

interface LogSource {
  file: string;
  program: string;
  args: readonly string[];
}

/** Lines of the journal that are sent: its end. */
const journalLines = '40000';

const sources: readonly LogSource[] = [
  { file: 'journal.log', program: 'journalctl', args: ['--no-pager', '--boot', '--output=short-iso', `--lines=${journalLines}`] },
  { file: 'agent.log', program: 'journalctl', args: ['--no-pager', '--boot', '--output=short-iso', '--unit=agent'] },
  { file: 'bootkube.log', program: 'journalctl', args: ['--no-pager', '--boot', '--output=short-iso', '--unit=bootkube', '--unit=kubelet', `--lines=${journalLines}`] },
  { file: 'dmesg.log', program: 'dmesg', args: [] },
  { file: 'addresses.txt', program: 'ip', args: ['address', 'show'] },
  { file: 'routes.txt', program: 'ip', args: ['route', 'show', 'table', 'all'] },
  { file: 'block-devices.txt', program: 'lsblk', args: ['--all'] },
  { file: 'mounts.txt', program: 'findmnt', args: [] },
];

/** Logs of the machine as one gzipped tar archive; what can't be had is told in `missing.txt` in it. Throws when nothing can. */
export async function collectLogs(machine: Machine, signal: AbortSignal): Promise<Buffer> {
  const archive = pack();
  const missing: string[] = [];
  for (const { file, program, args } of sources) {
    const result = await machine.run(program, args, { signal, timeoutMs: 60_000, maxOutputBytes: 32 * 1024 * 1024 });
    signal.throwIfAborted();
    if (result.stdout !== '') archive.entry({ name: file, mode: 0o644 }, result.stdout);
    if (result.end !== 'exited' || result.code !== 0) missing.push(`${file}: ${program} ${describeProgramEnd(result)}`);
  }
  if (missing.length === sources.length) throw new Error(`this machine has no logs that can be read: ${missing.join('; ')}`);
  if (missing.length > 0) archive.entry({ name: 'missing.txt', mode: 0o644 }, `${missing.join('\n')}\n`);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
