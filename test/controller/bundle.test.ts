import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildProgram } from '../../src/dev/build/build-program';
import { clusterId, ScriptedService } from '../sim/scripted-service';
import { startHttpProxy, startTlsFront } from '../support/http-proxy';
import { createRecordingProgram } from '../support/recording-program';
import { createTestCertificate } from '../support/test-certificate';
import { startFakeKubernetes } from '../support/fake-kubernetes/start-fake-kubernetes';

let folder: string;

/** As in its image: nothing beside it but the word that it is a module. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'controller-'));
  copyFileSync(await buildProgram('controller'), join(folder, 'controller.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(environment: Record<string, string>, onOutput: (output: string, child: ChildProcess) => void = () => undefined): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(folder, 'controller.js')], { cwd: folder, env: { PATH: '/usr/bin:/bin', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk: Buffer) => onOutput(chunk.toString(), child));
  const [output, error, code] = await Promise.all([text(child.stdout), text(child.stderr), new Promise<number | null>((resolve) => child.once('close', resolve))]);
  return { code, output: output + error };
}

it('is one file that runs by itself, and ends with 0 when the service does not know its cluster', async () => {
  const fake = await startFakeKubernetes();
  const service = await new ScriptedService(() => ({ status: 404, body: { reason: 'no' } })).open();
  writeFileSync(join(folder, 'kubeconfig'), fake.kubeconfig);
  try {
    const { code, output } = await run({ CLUSTER_ID: clusterId, INVENTORY_URL: service.url, PULL_SECRET_TOKEN: 'secret-token', KUBECONFIG: join(folder, 'kubeconfig') });
    expect(output).toContain('the cluster is not there any more');
    expect(output).not.toContain('secret-token');
    expect(code).toBe(0);
  } finally {
    service.close();
    await fake.api.close();
  }
});

it('speaks to the service through the proxy of its environment, trusting the authority it was given', async () => {
  const fake = await startFakeKubernetes();
  const service = await new ScriptedService(() => ({ status: 404, body: { reason: 'no' } })).open();
  const tls = await createTestCertificate(['service.test']);
  const front = await startTlsFront(tls, Number(new URL(service.url).port));
  const proxy = await startHttpProxy({ names: { 'service.test:443': front.port } });
  writeFileSync(join(folder, 'kubeconfig'), fake.kubeconfig);
  writeFileSync(join(folder, 'ca.pem'), tls.cert);
  try {
    const { code, output } = await run({
      CLUSTER_ID: clusterId, INVENTORY_URL: 'https://service.test', PULL_SECRET_TOKEN: 'secret-token', KUBECONFIG: join(folder, 'kubeconfig'), CA_CERT_PATH: join(folder, 'ca.pem'),
      HTTPS_PROXY: proxy.place, NO_PROXY: '.svc',
    });
    expect(output).toContain('the cluster is not there any more');
    expect([code, proxy.requests]).toEqual([0, ['CONNECT service.test:443']]);
  } finally {
    service.close();
    front.close();
    proxy.close();
    await fake.api.close();
  }
});

it('tells what it was not told, and ends with 2', async () => {
  const { code, output } = await run({ INVENTORY_URL: 'nothing' });
  expect(output).toMatch(/CLUSTER_ID[^]*INVENTORY_URL[^]*PULL_SECRET_TOKEN/);
  expect(code).toBe(2);
});

it.each([['SIGTERM', 143], ['SIGINT', 130]] as const)('ends with another code than 0 when %s stops it, so that its job starts it again', async (signal, code) => {
  const fake = await startFakeKubernetes();
  const service = await new ScriptedService(() => undefined).open();
  writeFileSync(join(folder, 'kubeconfig'), fake.kubeconfig);
  try {
    const ended = run({ CLUSTER_ID: clusterId, INVENTORY_URL: service.url, PULL_SECRET_TOKEN: 'secret-token', KUBECONFIG: join(folder, 'kubeconfig') }, (output, child) => {
      if (output.includes('started')) child.kill(signal);
    });
    expect((await ended).code).toBe(code);
  } finally {
    service.close();
    await fake.api.close();
  }
});

/** A failed installation whose cluster has an administrator. */
async function startFailed() {
  const fake = await startFakeKubernetes();
  const service = await new ScriptedService(({ path }, { cluster }) => {
    cluster.status = 'error';
    if (path === '/monitored_operators') return { status: 200, body: [] };
    // YAML is a superset of the JSON that the scripted service answers with.
    return path.includes('kubeconfig-noingress') ? { status: 200, body: parse(fake.givenKubeconfig) as unknown } : undefined;
  }).open();
  writeFileSync(join(folder, 'kubeconfig'), fake.kubeconfig);
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const environment = { CLUSTER_ID: clusterId, INVENTORY_URL: service.url, PULL_SECRET_TOKEN: 'secret-token', KUBECONFIG: join(folder, 'kubeconfig'), TMPDIR: temporary, MUST_GATHER_IMAGE: 'gather:1' };
  const close = async (): Promise<void> => {
    service.close();
    await fake.api.close();
  };
  return { service, temporary, environment, close };
}

it('has oc collect the state of a failed cluster where that is on its PATH, and tells it no secret', async () => {
  const { service, temporary, environment, close } = await startFailed();
  const oc = createRecordingProgram('oc', { files: { 'must-gather.local.1/version': '4.8' } });
  try {
    const { code, output } = await run({ ...environment, PATH: `${oc.folder}:/usr/bin:/bin` });
    expect([code, output]).toEqual([0, expect.stringContaining('the installation ended: error')]);
    expect(service.bodies('POST', '/logs?logs_type=controller')).toHaveLength(2);
    expect(oc.calls().map(({ argv }) => argv.slice(1))).toEqual([['adm', 'must-gather', '--image=gather:1']]);
    expect(JSON.stringify(oc.calls())).not.toContain('secret-token');
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    oc.remove();
    await close();
  }
});

it('ends oc with itself when it is stopped, and leaves no file of it', async () => {
  const { temporary, environment, close } = await startFailed();
  const oc = createRecordingProgram('oc', { hang: true });
  try {
    let child: ChildProcess | undefined;
    const ended = run({ ...environment, PATH: `${oc.folder}:/usr/bin:/bin` }, (_output, started) => (child = started));
    await expect.poll(() => oc.calls().length, { timeout: 60_000 }).toBe(1);
    expect(readdirSync(temporary)).toEqual([`must-gather-${clusterId}`]);
    child?.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    expect(readdirSync(temporary)).toEqual([]);
    const [{ pid, childPid } = { pid: 0, childPid: 0 }] = oc.calls();
    for (const left of [pid, childPid]) await expect.poll(() => existsSync(`/proc/${left}`)).toBe(false);
  } finally {
    oc.remove();
    await close();
  }
}, 120_000);
