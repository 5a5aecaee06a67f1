import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { Machine } from '../machine/machine';
import { spareMemory } from '../machine/spare-memory';

interface LogSource {
  file: string;
  program: string;
  args: readonly string[];
}

/** Lines of a journal that are sent: its end. */
const journalLines = '40000';

/** Of each; of a longer one the end is sent, where a failure stands. */
const longestLog = 16 * 1024 * 1024;

const sources: readonly LogSource[] = [
  { file: 'journal.log', program: 'journalctl', args: ['--no-pager', '--boot', '--output=short-iso', `--lines=${journalLines}`] },
  { file: 'agent.log', program: 'journalctl', args: ['--no-pager', '--boot', '--output=short-iso', '--unit=agent', `--lines=${journalLines}`] },
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
  // Packed as it comes: a journal takes many times the room of its archive.
  const packed = buffer(archive.pipe(createGzip()));
  const missing: string[] = [];
  const cut: string[] = [];
  const tellPassed = spareMemory();
  for (const { file, program, args } of sources) {
    const result = await machine.run(program, args, { signal, timeoutMs: 60_000, maxOutputBytes: longestLog, keepsEnd: true });
    signal.throwIfAborted();
    if (result.stdout !== '') await new Promise<void>((resolve, reject) => archive.entry({ name: file, mode: 0o644 }, result.stdout, (error) => (error ? reject(error) : resolve())));
    // A log passes through memory as pieces, as a text and as bytes of the archive.
    tellPassed(result.stdout.length * 3);
    if (result.cutBytes !== undefined) cut.push(`${file}: its first ${result.cutBytes} bytes`);
    if (result.end !== 'exited' || result.code !== 0) missing.push(`${file}: ${program} ${describeProgramEnd(result)}`);
  }
  if (missing.length === sources.length) throw new Error(`this machine has no logs that can be read: ${missing.join('; ')}`);
  if (missing.length + cut.length > 0) archive.entry({ name: 'missing.txt', mode: 0o644 }, `${[...missing, ...cut].join('\n')}\n`);
  archive.finalize();
  return packed;
}
