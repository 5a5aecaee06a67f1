import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mustGather, type Gathered, type MustGatherLimits } from '../../../src/controller/must-gather/must-gather';
import { runProgram } from '../../../src/programs/run-program';
import { createRecordingProgram, type ProgramBehaviour, type RecordingProgram } from '../../support/recording-program';
import { readArchive } from '../read-archive';

const limits: MustGatherLimits = { timeoutMs: 60_000, maxBytes: 10_000_000, maxPackedBytes: 10_000_000, everyMs: 10 };
const failed = { cluster: true, operators: [] };
let home: string;
let folder: string;
let client: RecordingProgram | undefined;
const gathered: (Omit<Gathered, 'archive'> & { files?: Record<string, string> })[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gather-test-'));
  folder = join(home, 'work');
  gathered.length = 0;
});
afterEach(() => {
  client?.remove();
  client = undefined;
  rmSync(home, { recursive: true, force: true });
});

async function keep({ report, archive }: Gathered): Promise<void> {
  const files = archive === undefined ? undefined : await readArchive(readFileSync(archive));
  gathered.push({ report, ...(files && { files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.toString()])) }) });
}

interface Attempt {
  faults?: { cluster: boolean; operators: string[] };
  images?: string;
  limits?: Partial<MustGatherLimits>;
  signal?: AbortSignal;
  getKubeconfig?: () => Promise<string>;
  use?: (gathered: Gathered) => Promise<void>;
}

function gather(behaviour: ProgramBehaviour, { faults = failed, images = '', limits: changes, signal = AbortSignal.timeout(60_000), getKubeconfig = () => Promise.resolve('the kubeconfig'), use = keep }: Attempt = {}): Promise<void> {
  client = createRecordingProgram('oc', behaviour);
  return mustGather({ run: runProgram, program: client.path, path: '/usr/bin:/bin', images, folder, limits: { ...limits, ...changes } }, faults, getKubeconfig, use, signal);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The program and what it started have ended, and its folder is gone. */
async function expectNothingLeft(): Promise<void> {
  const [call] = client?.calls() ?? [];
  const pids = [call?.pid ?? 0, call?.childPid ?? 0];
  expect(pids).not.toContain(0);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
}

describe('the collection of the vendor', () => {
  it('is what the program writes, as the administrator, with the images of what failed and no secret in its environment', async () => {
    await gather({ files: { 'must-gather.local.1/namespaces/a.yaml': 'a', 'must-gather.local.1/empty': '' } }, { images: '{"ocp":"ocp:1","lso":"lso:1"}', faults: { cluster: true, operators: ['lso'] } });
    expect(gathered).toEqual([{ report: 'oc adm must-gather ended with code 0\n', files: { 'must-gather.local.1/namespaces/a.yaml': 'a', 'must-gather.local.1/empty': '' } }]);
    expect(client?.calls()).toMatchObject([{ argv: [`--kubeconfig=${folder}/kubeconfig`, 'adm', 'must-gather', '--image=ocp:1', '--image=lso:1'], env: { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder } }]);
    expect(Object.keys(client?.calls()[0]?.env ?? {}).filter((name) => !['PATH', 'HOME', 'TMPDIR', 'LANG'].includes(name))).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('has the kubeconfig in a file that nobody else can read', async () => {
    let seen: [string, number, number] | undefined;
    await gather({}, { use: async () => void (seen = [readFileSync(join(folder, 'kubeconfig'), 'utf8'), statSync(join(folder, 'kubeconfig')).mode & 0o777, statSync(folder).mode & 0o777]) });
    expect(seen).toEqual(['the kubeconfig', 0o600, 0o700]);
  });

  it('is not made when nothing has failed', async () => {
    await gather({}, { faults: { cluster: false, operators: [] } });
    expect([client?.calls(), gathered, existsSync(folder)]).toEqual([[], [], false]);
  });

  it('of a program that fails is what there was until then, with the reason', async () => {
    await gather({ exitCode: 1, stderr: 'error: no route to host\n', files: { 'must-gather.local.1/timestamp': 'now' } });
    expect(gathered).toEqual([{ report: 'oc adm must-gather ended with code 1: error: no route to host\n', files: { 'must-gather.local.1/timestamp': 'now' } }]);
    client?.remove();
    await gather({ exitCode: 1 });
    expect(gathered[1]).toEqual({ report: 'oc adm must-gather ended with code 1\nIt has collected nothing.\n' });
  });

  it('that takes too long is ended', async () => {
    await gather({ hang: true }, { limits: { timeoutMs: 500 } });
    expect(gathered).toEqual([{ report: expect.stringMatching(/^oc adm must-gather did not end within 0.5 s/) }]);
    expect(existsSync(folder)).toBe(false);
  });

  it('that grows too large is ended, with all that the program started', async () => {
    await gather({ hang: true, files: { big: 'x'.repeat(300_000) } }, { limits: { maxBytes: 200_000 } });
    expect(gathered).toEqual([{ report: expect.stringContaining('it had collected more than 200000 bytes'), files: { big: expect.stringMatching(/^x+$/) } }]);
    await expectNothingLeft();
  });

  it('that is too large when it is packed is left out', async () => {
    await gather({ files: { noise: randomBytes(60_000).toString('base64') } }, { limits: { maxPackedBytes: 20_000 } });
    expect(gathered).toEqual([{ report: expect.stringContaining('left out: packed it has more than 20000 bytes') }]);
  });

  it('ends with the controller, and leaves nothing', async () => {
    const stop = new AbortController();
    const running = gather({ hang: true }, { signal: stop.signal });
    running.catch(() => undefined);
    await expect.poll(() => client?.calls().length, { timeout: 30_000 }).toBe(1);
    stop.abort(new Error('stopped by SIGTERM'));
    await expect(running).rejects.toThrow('stopped by SIGTERM');
    expect(gathered).toEqual([]);
    await expectNothingLeft();
  });

  it('leaves nothing when it cannot be sent, nor without a kubeconfig, nor of a controller that was killed before', async () => {
    await expect(gather({}, { use: () => Promise.reject(new Error('no room')) })).rejects.toThrow('no room');
    expect(existsSync(folder)).toBe(false);
    client?.remove();
    await expect(gather({}, { getKubeconfig: () => Promise.reject(new Error('there is none')) })).rejects.toThrow('there is none');
    expect([existsSync(folder), client?.calls()]).toEqual([false, []]);
    client?.remove();
    mkdirSync(join(folder, 'must-gather'), { recursive: true });
    writeFileSync(join(folder, 'must-gather', 'old'), 'old');
    await gather({ files: { new: 'new' } });
    expect(gathered.at(-1)?.files).toEqual({ new: 'new' });
    expect(existsSync(folder)).toBe(false);
  });
});
