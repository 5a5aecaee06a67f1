import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArtefactError } from '../../../src/installer/artefact-error';
import type { ArtefactInput } from '../../../src/installer/artefact-generator';
import { createBuiltinGenerator } from '../../../src/installer/builtin-generator';
import { createOpenshiftInstallGenerator } from '../../../src/installer/openshift-install/openshift-install-generator';
import { runProgram as run } from '../../../src/programs/run-program';
import { hostIdOf, makeHost, makeSnapshot, now } from '../../domain/validations/fixtures';
import { createRecordingProgram, type ProgramBehaviour, type RecordingProgram } from '../../support/recording-program';

const releaseImage = 'quay.io/openshift-release-dev/ocp-release:4.8.2-x86_64';
const pullSecret = '{"auths":{"quay.io":{"auth":"c2VjcmV0LXB1bGwtc2VjcmV0"}}}';
const openshiftClusterId = '11111111-2222-4333-8444-555555555555';
const hosts = [makeHost(1, { bootstrap: true }), makeHost(2), makeHost(3)];
const input: ArtefactInput = { snapshot: makeSnapshot(hosts, { ocpReleaseImage: releaseImage }), pullSecret, now, run: 'run-1', openshiftClusterId, manifests: [{ path: 'openshift/own.yaml', content: 'kind: Own' }] };
const single: ArtefactInput = { ...input, manifests: [], snapshot: makeSnapshot([makeHost(1, { bootstrap: true })], { ocpReleaseImage: releaseImage, highAvailabilityMode: 'None' }) };

let workDir: string;
let installer: RecordingProgram;
let client: RecordingProgram;
let files: Record<string, string>;

/** What the program leaves: files of the right form, made by the other generator. */
beforeEach(async () => {
  workDir = mkdtempSync(join(tmpdir(), 'openshift-install-'));
  const made = (await createBuiltinGenerator().generate(input)).files;
  const text = (name: string) => String(made[name]);
  files = {
    'bootstrap.ign': text('bootstrap.ign'), 'master.ign': text('master.ign'), 'worker.ign': text('worker.ign'), 'metadata.json': text('metadata.json'),
    'auth/kubeconfig': text('kubeconfig-noingress'), 'auth/kubeadmin-password': `${text('kubeadmin-password')}\n`, 'bootstrap-in-place-for-live-iso.ign': text('bootstrap.ign'),
  };
  installer = createRecordingProgram('openshift-install', { when: 'ignition-config', files }, {});
  client = createRecordingProgram('oc');
});
afterEach(() => {
  [installer, client].forEach((program) => program.remove());
  rmSync(workDir, { recursive: true, force: true });
});

/** oc leaves a script in the folder it is told, which calls the recording installer. */
function generator({ timeoutMs = 20_000, keptFailures = 2, oc = {} }: { timeoutMs?: number; keptFailures?: number; oc?: ProgramBehaviour } = {}) {
  const env = { PATH: '/usr/bin:/bin', HOME: workDir };
  client.behave({ files: { 'openshift-install': `#!/bin/sh\nexec ${installer.path} "$@"\n` }, ...oc });
  return createOpenshiftInstallGenerator({}, {
    // The mode of an extracted program is set by oc; the recording one writes plain files.
    run: async (call) => {
      const result = await run(call);
      if (call.program === client.path && result.end === 'exited' && result.code === 0) await run({ program: 'chmod', args: ['+x', join(call.cwd ?? '', 'openshift-install')], env, timeoutMs: 5_000, maxOutputBytes: 100 });
      return result;
    },
    env, client: client.path, workDir, timeoutMs, invoker: 'of-the-test', keptFailures,
  });
}
/** One that was killed is a zombie until init takes note. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
const runDirs = () => readdirSync(join(workDir, 'runs')).sort();

describe('openshift-install', () => {
  it('is got out of the release image, once, and makes the artefacts with the manifests in its place', async () => {
    const steps: string[] = [];
    const made = await generator().generate(input, { onProgress: (step) => steps.push(step) });
    expect(made.openshiftClusterId).toBe(openshiftClusterId);
    expect(Object.keys(made.files).sort()).toEqual([
      'bootstrap.ign', 'install-config.yaml', 'kubeadmin-password', 'kubeconfig-noingress', ...[1, 2, 3].map((position) => `master-${hostIdOf(position)}.ign`), 'master.ign', 'metadata.json', 'worker.ign',
    ]);
    expect(made.files['kubeadmin-password']).toBe(files['auth/kubeadmin-password']?.trim());
    const [extraction] = client.calls();
    expect(extraction?.argv.slice(0, 4)).toEqual(['adm', 'release', 'extract', '--command=openshift-install']);
    expect(extraction?.argv.at(-1)).toBe(releaseImage);
    const dir = join(workDir, 'runs', `${input.snapshot.cluster.id}-run-1`);
    expect(installer.calls().map(({ argv, cwd }) => ({ argv, cwd }))).toEqual(['manifests', 'ignition-configs'].map((what) => ({ argv: ['create', what, '--dir', dir], cwd: dir })));
    for (const { env } of [...client.calls(), ...installer.calls()]) expect(env).toMatchObject({ HOME: workDir, PATH: '/usr/bin:/bin' });
    for (const { env } of installer.calls()) expect(env).toMatchObject({ OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE: releaseImage, OPENSHIFT_INSTALL_INVOKER: 'of-the-test' });
    expect(JSON.stringify([...client.calls(), ...installer.calls()])).not.toContain('c2VjcmV0');
    expect(steps).toEqual(['get openshift-install', 'openshift-install create manifests', 'openshift-install create ignition-configs']);
    expect(runDirs()).toEqual([]);
  });

  it('is extracted once for all who ask at the same time or later', async () => {
    const made = generator();
    await Promise.all(['a', 'b', 'c'].map((run) => made.generate({ ...input, run })));
    await generator().generate({ ...input, run: 'd' });
    expect(client.calls()).toHaveLength(1);
    expect(statSync(join(workDir, 'releases')).mode & 0o777).toBe(0o700);
  });

  it('makes one configuration for a single node, without manifests when there are none', async () => {
    const made = await generator().generate(single);
    expect(installer.calls().map(({ argv }) => argv[1])).toEqual(['single-node-ignition-config']);
    expect(JSON.parse(String(made.files['master.ign']))).toEqual({ ignition: { version: '3.1.0' } });
    expect(String(made.files['bootstrap.ign'])).toContain('cvo-overrides.yaml');
  });

  it('that ends with a code fails for good, with its reason and without secrets; the directory stays', async () => {
    installer.behave({ exitCode: 1, stderr: `level=error msg="bad manifest" {"auth":"c2VjcmV0LXB1bGwtc2VjcmV0"} password=hunter2 ${'x'.repeat(5_000)}\nlevel=fatal failed to fetch Manifests\n` });
    const failure = await generator().generate(input).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ArtefactError);
    const { message } = failure as Error;
    expect(message).toMatch(/^openshift-install create manifests ended with code 1: .*failed to fetch Manifests/);
    expect(message).not.toMatch(/c2VjcmV0|hunter2/);
    expect(message.length).toBeLessThan(500);
    expect(runDirs()).toEqual([`${input.snapshot.cluster.id}-run-1-failed`]);
    expect(readFileSync(join(workDir, 'runs', runDirs()[0] ?? '', 'install-config.yaml'), 'utf8')).toContain('baseDomain: example.com');
  });

  it('leaves the directories of the last failures only', async () => {
    installer.behave({ exitCode: 1 });
    for (const run of ['a', 'b', 'c', 'd']) await expect(generator().generate({ ...input, run })).rejects.toThrow(ArtefactError);
    expect(runDirs()).toHaveLength(2);
    expect(runDirs()).toContain(`${input.snapshot.cluster.id}-d-failed`);
  });

  it('that hangs is ended with all it started, after its time or when it is cancelled', async () => {
    installer.behave({ hang: true });
    await expect(generator({ timeoutMs: 1_500 }).generate(input)).rejects.toThrow('did not end within 1.5 s');
    const cancel = new AbortController();
    const running = generator().generate({ ...input, run: 'two' }, { signal: cancel.signal, onProgress: (step) => step.includes('create') && setTimeout(() => cancel.abort(new Error('enough')), 500) });
    await expect(running).rejects.toThrow('enough');
    for (const { pid, childPid } of installer.calls()) for (const id of [pid, childPid ?? pid]) await expect.poll(() => isRunning(id)).toBe(false);
  });

  it.each([
    ['nothing', {}, 'left no bootstrap.ign'],
    ['half a file', { 'bootstrap.ign': '{"ignition":{"version":"3.2.0"},"stor' }, 'bootstrap.ign is not whole'],
  ])('that ends well but leaves %s is tried again, not taken for an answer', async (_title, left, reason) => {
    installer.behave({ files: left });
    const failure = await generator().generate(input).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(ArtefactError);
    expect((failure as Error).message).toContain(reason);
  });

  it('that cannot be got says why', async () => {
    await expect(generator({ oc: { files: {}, exitCode: 1, stderr: 'error: image does not exist' } }).generate(input)).rejects.toThrow('oc adm release extract ended with code 1: error: image does not exist');
    expect(readdirSync(join(workDir, 'releases'))).toEqual([]);
  });
});
