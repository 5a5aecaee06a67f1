import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ControllerPace } from '../../src/agent/protocol/controller/controller-pace';
import type { WireHost, WireOperator } from '../../src/agent/protocol/wire-cluster';
import type { ControllerSettings } from '../../src/controller/settings';
import { startController } from '../../src/controller/start-controller';
import { clusterId, type Script, ScriptedService } from '../sim/scripted-service';
import type { StoredObject } from '../support/fake-kubernetes/object-store';
import { startFakeKubernetes } from '../support/fake-kubernetes/start-fake-kubernetes';
import { briskPace } from './brisk-pace';

let fake: Awaited<ReturnType<typeof startFakeKubernetes>>;
let folder: string;
let service: ScriptedService | undefined;
const hostId = '5c2f2a36-6c7a-4b5e-9a51-000000000001';
const told: string[] = [];

beforeEach(async () => {
  fake = await startFakeKubernetes();
  folder = mkdtempSync(join(tmpdir(), 'controller-'));
  writeFileSync(join(folder, 'kubeconfig'), fake.kubeconfig);
  told.length = 0;
});
afterEach(async () => {
  service?.close();
  await fake.api.close();
  rmSync(folder, { recursive: true, force: true });
});

function run({ url }: ScriptedService, changes: Partial<ControllerPace> = {}) {
  const settings: ControllerSettings = {
    clusterId, inventoryUrl: url, pullSecretToken: 'token', openshiftVersion: '4.8', highlyAvailable: true, checkClusterVersion: false, skipCertVerification: false, mustGatherImage: '',
    kubeconfig: join(folder, 'kubeconfig'),
  };
  const observe = (event: { kind: string; what?: string }): void => void told.push(event.what ?? event.kind);
  return startController(settings, { observe, readLog: () => 'log\n', proxies: {}, pace: { ...briskPace(10), ...changes } }, AbortSignal.timeout(100_000));
}

/** A finalizing cluster of one host; what the controller says of its operators is kept. */
function finalizing(operators: WireOperator[], extra: Script = () => undefined): Script {
  const host: WireHost = { id: hostId, href: '', status: 'installed', status_info: '', requested_hostname: 'node-1' };
  let ended = false;
  return (call, scripted) => {
    const special = extra(call, scripted);
    if (special) return special;
    const { method, path, body } = call;
    scripted.cluster.status = ended ? ((scripted.bodies('POST', '/actions/complete_installation')[0] as { is_success: boolean }).is_success ? 'installed' : 'error') : 'finalizing';
    scripted.hosts.set(hostId, host);
    if (method === 'GET' && path.startsWith('/monitored_operators')) return { status: 200, body: operators };
    if (method === 'PUT' && path === '/monitored_operators') Object.assign(operators.find(({ name }) => name === (body as WireOperator).name) ?? {}, body);
    if (path === '/actions/complete_installation') {
      ended = true;
      return { status: 202, body: scripted.cluster };
    }
    return undefined;
  };
}

function putConsole(type: 'Available' | 'Degraded', message: string): void {
  fake.api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterOperator', metadata: { name: 'console' }, status: { conditions: [{ type, status: 'True', message }] } });
}

const putIngressCa = () => fake.api.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'default-ingress-cert', namespace: 'openshift-config-managed' }, data: { 'ca-bundle.crt': 'PEM' } });

describe('the controller', () => {
  it('reports the failure of an operator that stays degraded, and sends the logs of it', async () => {
    const operators: WireOperator[] = [{ name: 'console', operator_type: 'builtin' }];
    service = await new ScriptedService(finalizing(operators)).open();
    putIngressCa();
    putConsole('Degraded', 'no route');
    await expect(run(service, { console: { everyMs: 10, limitMs: 300 } })).resolves.toBe('error');
    expect(operators[0]).toMatchObject({ status: 'failed', status_info: 'no route' });
    expect(service.bodies('POST', '/actions/complete_installation')).toEqual([{ is_success: false, error_info: expect.stringMatching(/^operator console: .*failed: no route$/) }]);
    expect(service.bodies('PUT', '/logs_progress')).toEqual([{ logs_state: 'requested' }, { logs_state: 'completed' }]);
  });

  it('goes on when the API server of the new cluster was away', async () => {
    const operators: WireOperator[] = [{ name: 'console', operator_type: 'builtin' }];
    service = await new ScriptedService(finalizing(operators)).open();
    putConsole('Available', 'All is well');
    fake.api.setAway(true);
    const running = run(service);
    await expect.poll(() => told.some((line) => line.startsWith('certificates of the ingress: ') && line.includes('no answer'))).toBe(true);
    expect(service.bodies('POST', '/uploads/ingress-cert')).toEqual([]);
    putIngressCa();
    fake.api.setAway(false);
    await expect(running).resolves.toBe('installed');
    expect(service.bodies('POST', '/uploads/ingress-cert')).toEqual(['PEM\n']);
  });

  it('makes its calls again while the service is unavailable', async () => {
    const operators: WireOperator[] = [{ name: 'console', operator_type: 'builtin' }];
    let refusals = 0;
    const unavailable: Script = ({ method, path }) => ((path === '/uploads/ingress-cert' || (method === 'PUT' && path === '/monitored_operators') || path === '') && ++refusals % 3 !== 0 ? { status: 503, body: { reason: 'later' } } : undefined);
    service = await new ScriptedService(finalizing(operators, unavailable)).open();
    putIngressCa();
    putConsole('Available', 'All is well');
    await expect(run(service)).resolves.toBe('installed');
    expect(refusals).toBeGreaterThan(6);
    expect(service.bodies('POST', '/actions/complete_installation')).toEqual([{ is_success: true, error_info: '' }]);
  });

  it('fails the operators of the user whose time is over, and applies what the user wants of them', async () => {
    const operators: WireOperator[] = [{ name: 'console', operator_type: 'builtin' }, { name: 'lso', operator_type: 'olm', namespace: 'storage', subscription_name: 'local', timeout_seconds: 0.3 }];
    const files: Script = ({ path }) => {
      if (path.includes('custom_manifests.yaml')) return { status: 200, body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'wanted', namespace: 'storage' }, data: { a: 'b' } } };
      // YAML is a superset of the JSON that the scripted service answers with.
      return path.includes('kubeconfig-noingress') ? { status: 200, body: parse(fake.givenKubeconfig) as unknown } : undefined;
    };
    service = await new ScriptedService(finalizing(operators, files)).open();
    putIngressCa();
    putConsole('Available', 'All is well');
    await expect(run(service)).resolves.toBe('installed');
    expect(fake.api.find('v1', 'ConfigMap', 'wanted', 'storage')?.['data']).toEqual({ a: 'b' });
    expect(operators[1]).toMatchObject({ status: 'failed', status_info: expect.stringContaining('not available within') });
  });

  it('mends what the installation left: the hardware of bare metal hosts, and the address of the name server', async () => {
    const operators: WireOperator[] = [{ name: 'console', operator_type: 'builtin' }];
    service = await new ScriptedService(finalizing(operators)).open();
    fake.api.put({ apiVersion: 'config.openshift.io/v1', kind: 'Network', metadata: { name: 'cluster' }, status: { serviceNetwork: ['172.30.0.0/16'] } });
    fake.api.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'early', namespace: 'other' }, spec: { clusterIP: '172.30.0.10' } });
    const running = run(service);
    await expect.poll(() => fake.api.find('v1', 'Service', 'early', 'other')).toBeUndefined();
    const annotations = { 'baremetalhost.metal3.io/status': '{"hardware":{}}' };
    fake.api.put({ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost', metadata: { name: 'openshift-master-0', namespace: 'openshift-machine-api', annotations } as StoredObject['metadata'] });
    await expect.poll(() => told.includes('bare metal host openshift-master-0 has its hardware')).toBe(true);
    putIngressCa();
    putConsole('Available', 'All is well');
    await expect(running).resolves.toBe('installed');
  });

  it.each([[404, 1], [401, 3]])('ends when it is answered with %i, after %i of them', async (status, calls) => {
    service = await new ScriptedService(() => ({ status, body: { reason: 'no' } })).open();
    await expect(run(service)).resolves.toBe('not-wanted');
    expect(service.calls).toHaveLength(calls);
  });

  it('ends all its loops when the installation is cancelled', async () => {
    let looks = 0;
    service = await new ScriptedService(({ method, path }, { cluster }) => {
      if (method === 'GET' && path === '') cluster.status = ++looks > 8 ? 'cancelled' : 'installing';
      return undefined;
    }).open();
    await expect(run(service)).resolves.toBe('cancelled');
    const { calls } = service;
    expect(calls.at(-1)).toMatchObject({ path: '/logs_progress', body: { logs_state: 'completed' } });
  });
});
