import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the program does when it is called; all fields may be left out. */
export interface ProgramBehaviour {
  /** Regular expression on the arguments, joined with blanks: this behaviour is for calls that match. */
  when?: string;
  stdout?: string;
  stderr?: string;
  /** Written before the rest, as so many bytes of standard output. */
  floodBytes?: number;
  /** By path relative to the value of its argument `--dir`, or to its working directory. */
  files?: Record<string, string>;
  exitCode?: number;
  /** Kills itself after its output. */
  signal?: NodeJS.Signals;
  /** Never ends by itself, and ignores SIGTERM; with a child in the same group that does so too. */
  hang?: boolean;
}

export interface RecordedCall {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  stdin: string;
  pid: number;
  /** Of the child that a hanging program starts. */
  childPid?: number;
}

export interface RecordingProgram {
  path: string;
  /** The folder it lies in, with nothing else that can be executed: fit for a PATH. */
  folder: string;
  calls(): RecordedCall[];
  /** Replaces what it does from the next call on. */
  behave(...behaviours: ProgramBehaviour[]): void;
  remove(): void;
}

const source = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync, writeSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { dirname, join, resolve } = require('node:path');
const folder = dirname(process.argv[1]);
const argv = process.argv.slice(2);
const behaviours = JSON.parse(readFileSync(join(folder, 'behaviours.json'), 'utf8'));
const behaviour = behaviours.find(({ when }) => when === undefined || new RegExp(when).test(argv.join(' '))) ?? {};
const record = { argv, env: process.env, cwd: process.cwd(), stdin: readFileSync(0, 'utf8'), pid: process.pid };
if (behaviour.hang) {
  process.on('SIGTERM', () => undefined);
  record.childPid = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000)'], { stdio: 'inherit' }).pid;
  setInterval(() => undefined, 1000);
}
appendFileSync(join(folder, 'calls.jsonl'), JSON.stringify(record) + '\\n');
const dirAt = argv.findIndex((argument) => argument === '--dir' || argument.startsWith('--dir='));
const dir = dirAt < 0 ? process.cwd() : resolve(argv[dirAt].includes('=') ? argv[dirAt].slice(6) : argv[dirAt + 1]);
for (const [path, content] of Object.entries(behaviour.files ?? {})) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}
const write = (fd, text) => { for (let rest = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSync(fd, rest)); };
if (behaviour.floodBytes) write(1, 'x'.repeat(behaviour.floodBytes));
if (behaviour.stderr) write(2, behaviour.stderr);
if (behaviour.stdout) write(1, behaviour.stdout);
if (behaviour.signal) process.kill(process.pid, behaviour.signal);
process.exitCode = behaviour.exitCode ?? 0;
`;

/**
 * An executable that records how it is called (arguments, environment, working directory, input) and answers as it is told: with exit
 * codes, hangs, floods and output that breaks off. It stands for a vendor's binary; it knows nothing of what that one does.
 */
export function createRecordingProgram(name: string, ...behaviours: ProgramBehaviour[]): RecordingProgram {
  const folder = mkdtempSync(join(tmpdir(), 'recording-program-'));
  const path = join(folder, name);
  const behave = (...next: ProgramBehaviour[]): void => writeFileSync(join(folder, 'behaviours.json'), JSON.stringify(next));
  writeFileSync(path, `#!${process.execPath}\n${source}`, { mode: 0o755 });
  behave(...behaviours);
  return {
    path,
    folder,
    behave,
    calls() {
      try {
        const lines = readFileSync(join(folder, 'calls.jsonl'), 'utf8').trim().split('\n');
        return lines.map((line) => JSON.parse(line) as RecordedCall);
      } catch {
        return [];
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
