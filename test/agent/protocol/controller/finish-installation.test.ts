import { afterEach, describe, expect, it } from 'vitest';
import { finishInstallation } from '../../../../src/agent/protocol/controller/finish-installation';
import type { NewCluster, OperatorState } from '../../../../src/agent/protocol/controller/new-cluster';
import type { WireOperator } from '../../../../src/agent/protocol/wire-cluster';
import type { Script } from '../../../sim/scripted-service';
import { startLife, swiftPace, type Life } from './controller-life';

let life: Life | undefined;
afterEach(() => life?.service.close());

const console: WireOperator = { name: 'console', operator_type: 'builtin' };
const olm = (name: string): WireOperator => ({ name, operator_type: 'olm', namespace: name, subscription_name: name, timeout_seconds: 60 });
const available: OperatorState = { status: 'available', status_info: 'All is well' };

/** A service that keeps what it is told of operators, and whose cluster is finalizing; `special` comes first. */
function finalizing(operators: WireOperator[], special: Script = () => undefined): Script {
  return (call, service) => {
    service.cluster.status = 'finalizing';
    const answer = special(call, service);
    if (answer) return answer;
    const { method, path, body } = call;
    const name = /operator_name=(\w+)/.exec(path)?.[1];
    if (method === 'GET' && path.startsWith('/monitored_operators')) return { status: 200, body: operators.filter((operator) => name === undefined || operator.name === name) };
    if (method === 'PUT' && path === '/monitored_operators') Object.assign(operators.find((operator) => operator.name === (body as WireOperator).name) ?? {}, body);
    return path === '/actions/complete_installation' ? { status: 202, body: service.cluster } : undefined;
  };
}

type Changes = Parameters<typeof startLife>[2];

async function finish(script: Script, cluster: Partial<NewCluster> = {}, changes: Changes = {}): Promise<Life> {
  life = await startLife(script, { findOperator: () => Promise.resolve(available), ...cluster }, changes);
  await finishInstallation(life.run);
  return life;
}

const endOf = ({ service }: Life): unknown[] => service.bodies('POST', '/actions/complete_installation');
const succeeded = [{ is_success: true, error_info: '' }];
const failed = (reason: RegExp): unknown[] => [{ is_success: false, error_info: expect.stringMatching(reason) }];
const limited = (name: 'version' | 'ingress' | 'manifests' | 'completion'): Changes => ({ pace: { ...swiftPace, [name]: { everyMs: 5, limitMs: 60 } } });

describe('the end of an installation', () => {
  it('is reached step by step, in this order', async () => {
    const operators = [console, olm('lso'), { name: 'cvo' } as const].map((operator) => ({ ...operator }));
    const files: Script = ({ path }) => (path.startsWith('/downloads/files') ? { status: 200, body: {} } : undefined);
    const applied: string[] = [];
    const { service } = await finish(finalizing(operators, files), { applyManifests: async (manifests, kubeconfig) => void applied.push(`${manifests} ${kubeconfig}`) }, { checkClusterVersion: true });
    const steps = service.calls.filter(({ method, path }) => method !== 'GET' || path.startsWith('/downloads')).map(({ method, path, body }) => `${method} ${path}${method === 'PUT' ? ` ${(body as WireOperator).name} ${(body as WireOperator).status}` : ''}`);
    expect(steps).toEqual([
      'PUT /monitored_operators cvo progressing', 'PUT /monitored_operators cvo available', 'POST /uploads/ingress-cert', 'PUT /monitored_operators console available',
      'GET /downloads/files?file_name=custom_manifests.yaml', 'GET /downloads/files?file_name=kubeconfig-noingress', 'PUT /monitored_operators lso progressing', 'PUT /monitored_operators lso available',
      'POST /actions/complete_installation',
    ]);
    expect(applied).toEqual(['{} {}']);
    expect(service.calls.some(({ path }) => path === '/monitored_operators?operator_name=cvo')).toBe(true);
  });

  it.each([['4.6.8', true, 1], ['4.7.0', true, 0], ['4.10.1', true, 0], ['4.6.8', false, 0]] as const)('of OpenShift %s, highly available: %s, gives etcd its quorum %i times', async (version, highlyAvailable, times) => {
    let restored = 0;
    const script: Script = (_call, service) => void (service.cluster.openshift_version = version);
    await finish(finalizing([{ ...console }], script), { restoreEtcdQuorum: async () => void restored++ }, { highlyAvailable });
    expect(restored).toBe(times);
  });

  it('is a failure when nothing changes about the release for too long, and none while something does', async () => {
    const still: Partial<NewCluster> = { findClusterVersion: () => Promise.resolve({ status: 'progressing', status_info: 'at 20%' }) };
    const operators = (): WireOperator[] => [{ ...console }, { name: 'cvo' }];
    expect(endOf(await finish(finalizing(operators()), still, { checkClusterVersion: true, ...limited('version') }))).toEqual(failed(/^cluster version: not within/));
    life?.service.close();
    let percent = 0;
    const moving: Partial<NewCluster> = { findClusterVersion: () => Promise.resolve(++percent < 40 ? { status: 'progressing', status_info: `at ${percent}%` } : available) };
    // Longer in all than the limit of one change.
    expect(endOf(await finish(finalizing(operators()), moving, { checkClusterVersion: true, pace: { ...swiftPace, version: { everyMs: 5, limitMs: 150 } } }))).toEqual(succeeded);
  });

  it('is a failure when the ingress never has certificates', async () => {
    expect(endOf(await finish(finalizing([{ ...console }]), { findIngressCa: () => Promise.resolve(undefined) }, limited('ingress')))).toEqual(failed(/^certificates of the ingress: not within/));
  });

  it('waits for the service when that is away for longer than the tries of a call', async () => {
    let lists = 0;
    const away: Script = ({ method, path }) => (method === 'GET' && path === '/monitored_operators' && ++lists % 9 !== 0 ? { status: 503, body: { reason: 'later' } } : undefined);
    const operators = [{ ...console }, { ...olm('lso'), timeout_seconds: 0.2 }];
    expect(endOf(await finish(finalizing(operators, away), { findOlmOperator: () => Promise.resolve(undefined) }))).toEqual(succeeded);
    expect(operators[1]).toMatchObject({ status: 'failed' });
  });

  it('is told by each operator of the user, whatever is with another', async () => {
    const operators = [{ ...console }, olm('ocs'), olm('lso')];
    let looks = 0;
    const cluster: Partial<NewCluster> = {
      findOlmOperator: ({ name }) => (name === 'ocs' && ++looks < 4 ? Promise.reject(new Error('no such kind')) : Promise.resolve(available)),
    };
    const { service, told } = await finish(finalizing(operators), cluster);
    expect(service.bodies('PUT', '/monitored_operators').map((body) => (body as WireOperator).name)).toEqual(['console', 'lso', 'ocs']);
    expect(told.filter((line) => line === 'operator ocs: no such kind')).toHaveLength(3);
  });

  it('has manifests applied again until the cluster takes them, and fails when it never does', async () => {
    const files: Script = ({ path }) => (path.startsWith('/downloads/files') ? { status: 200, body: {} } : undefined);
    let tries = 0;
    expect(endOf(await finish(finalizing([{ ...console }, olm('lso')], files), { applyManifests: () => (++tries < 5 ? Promise.reject(new Error('no such kind yet')) : Promise.resolve()) }))).toEqual(succeeded);
    expect(tries).toBe(5);
    life?.service.close();
    expect(endOf(await finish(finalizing([{ ...console }, olm('lso')], files), { applyManifests: () => Promise.reject(new Error('never')) }, limited('manifests')))).toEqual(failed(/^custom manifests: not within .*never/));
  });

  it('applies nothing where the user wants nothing of the operators', async () => {
    const { service } = await finish(finalizing([{ ...console }, olm('lso')]), { applyManifests: () => Promise.reject(new Error('nothing to apply')) });
    expect(service.calls.filter(({ path }) => path.startsWith('/downloads'))).toHaveLength(1);
    expect(endOf({ service } as Life)).toEqual(succeeded);
  });

  it('is told again until the service takes it, for a while', async () => {
    let told = 0;
    const busy: Script = ({ path }) => (path === '/actions/complete_installation' && ++told < 4 ? { status: 503, body: { reason: 'later' } } : undefined);
    await finish(finalizing([{ ...console }], busy));
    expect(told).toBe(4);
    life?.service.close();
    const refusing: Script = ({ path }) => (path === '/actions/complete_installation' ? { status: 409, body: { reason: 'no' } } : undefined);
    await expect(finish(finalizing([{ ...console }], refusing), {}, limited('completion'))).rejects.toThrow(/^completion: not within .*409 no/);
  });
});
