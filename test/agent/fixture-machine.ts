import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Machine, ToolCall } from '../../src/agent/machine/machine';
import { pause } from '../../src/agent/protocol/pause';

/** What a program of a captured machine prints. */
export interface Recorded {
  stdout?: string;
  stderr?: string;
  code?: number;
}

export interface MachineTree {
  files?: Record<string, string | Buffer>;
  links?: Record<string, string>;
  /** Programs the machine has, and what they were recorded to print. */
  programs?: Record<string, (args: readonly string[], call: ToolCall) => Recorded>;
}

/** A machine as it was captured: its files in a folder, its programs answering with what they printed there. */
export class FixtureMachine implements Machine {
  readonly root = mkdtempSync(join(tmpdir(), 'machine-'));
  /** Of an agent in a container: another folder. */
  hostRoot = this.root;
  readonly calls: string[][] = [];
  /** In milliseconds; none is waited for. */
  readonly pauses: number[] = [];

  constructor(private readonly tree: MachineTree) {
    for (const [path, content] of Object.entries(tree.files ?? {})) {
      this.prepare(path);
      writeFileSync(this.at(path), content);
    }
    for (const [path, target] of Object.entries(tree.links ?? {})) {
      this.prepare(path);
      symlinkSync(target, this.at(path));
    }
  }

  at(path: string): string {
    return join(this.root, path);
  }

  has(program: string): boolean {
    return this.tree.programs?.[program] !== undefined;
  }

  async run(program: string, args: readonly string[], call: ToolCall = {}) {
    const recorded = this.tree.programs?.[program];
    this.calls.push([program, ...args]);
    if (recorded === undefined) return { end: 'not-started' as const, reason: `${program} is not installed`, stdout: '', stderr: '' };
    const { stdout = '', stderr = '', code = 0 } = recorded(args, call);
    if (stderr !== '') call.onErrorOutput?.(stderr);
    const maxBytes = call.maxOutputBytes ?? 8 * 1024 * 1024;
    if (stdout.length > maxBytes) return { end: 'too-much-output' as const, maxBytes, stdout: stdout.slice(0, maxBytes), stderr };
    return { end: 'exited' as const, code, stdout, stderr };
  }

  hostname(): string {
    return 'from-node';
  }

  now(): Date {
    return new Date('2026-11-21T12:00:00Z');
  }

  pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.pauses.push(milliseconds);
    return pause(Math.min(milliseconds, 1), signal);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private prepare(path: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
  }
}
