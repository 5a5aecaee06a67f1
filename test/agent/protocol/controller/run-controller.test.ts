import { afterEach, describe, expect, it } from 'vitest';
import { runController } from '../../../../src/agent/protocol/controller/run-controller';
import { NotWanted } from '../../../../src/agent/protocol/controller/watch-cluster';
import { pauseForever } from '../../../../src/agent/protocol/pause';
import type { Script } from '../../../sim/scripted-service';
import { makeHost, startLife, swiftPace, type Life } from './controller-life';

let life: Life | undefined;
afterEach(() => life?.service.close());

async function run(script: Script, changes: Parameters<typeof startLife>[2] = {}): Promise<{ ended: ReturnType<typeof runController>; life: Life }> {
  life = await startLife(script, {}, changes);
  return { ended: runController(life.options, life.run.signal), life };
}

/**
 * Answers the looks at the cluster with these statuses, the last one for good. Three looks begin a run: the first contact, and side by side the
 * watch and what waits for the cluster to be finalizing, which on an idle pace looks once.
 */
function answering(...statuses: number[]): Script {
  let looks = 0;
  return ({ method, path }) => {
    if (method !== 'GET' || path !== '') return undefined;
    const status = statuses[Math.min(looks++, statuses.length - 1)] ?? 200;
    return status === 200 ? undefined : { status, body: { reason: `answer ${status}` } };
  };
}

/** Of its parts none has anything to do. */
const idle: Parameters<typeof startLife>[2] = { pace: { ...swiftPace, nodes: { everyMs: 3_600_000, limitMs: 7_200_000 }, finalizing: { everyMs: 3_600_000, limitMs: 7_200_000 } } };

describe('a controller', () => {
  it('waits for the service to be reachable, whatever it answers until then', async () => {
    const { ended, life: { service, told } } = await run((call, scripted) => {
      scripted.cluster.status = 'cancelled';
      return answers(call, scripted);
    }, idle);
    await expect(ended).resolves.toBe('cancelled');
    expect(told.filter((line) => line.startsWith('service: '))).toHaveLength(5);
    expect(service.bodies('PUT', '/logs_progress')).toEqual([{ logs_state: 'requested' }, { logs_state: 'completed' }]);
  });
  const answers = answering(503, 500, 403, 401, 502, 200);

  it('fails when the service is never reached', async () => {
    const { ended } = await run(answering(503), { pace: { ...swiftPace, contact: { everyMs: 5, limitMs: 50 } } });
    await expect(ended).rejects.toThrow('service: not within');
    await expect(ended).rejects.not.toBeInstanceOf(NotWanted);
  });

  it.each([
    ['at once when the cluster is gone', [200, 200, 200, 404], 'the cluster is not there any more'],
    ['after three refusals of its token, with other failures between them', [200, 200, 200, 401, 503, 401, 500, 401], 'refuses the token'],
  ] as const)('ends %s', async (_when, statuses, reason) => {
    const { ended, life: { service } } = await run(answering(...statuses), idle);
    await expect(ended).rejects.toThrow(NotWanted);
    await expect(ended).rejects.toThrow(reason);
    expect(service.calls.filter(({ method, path }) => method === 'GET' && path === '')).toHaveLength(statuses.length);
  });

  it('counts refusals anew once its token was taken', async () => {
    const { ended, life: { service } } = await run((call, scripted) => refusals(call, scripted), idle);
    await expect.poll(() => service.calls.filter(({ path }) => path === '').length, { timeout: 30_000 }).toBeGreaterThan(12);
    service.cluster.status = 'cancelled';
    await expect(ended).resolves.toBe('cancelled');
  });
  const refusals = answering(200, 200, 200, 401, 401, 200, 401, 401, 200);

  it('waits a minute after a refusal before it asks again, also where it asks each second', async () => {
    // So long a wait is beyond the limit: it ends at once.
    const { ended, life: { service } } = await run(answering(401), { pace: { ...swiftPace, watchEveryMs: 3_600_000, contact: { everyMs: 5, limitMs: 3_000_000 } } });
    await expect(ended).rejects.toThrow('service: not within 50 minutes');
    expect(service.calls).toHaveLength(1);
  });

  it('stays for hosts that are late when the cluster is installed, but not for a cluster that is gone', async () => {
    let gone = false;
    const { ended, life: { service, told } } = await run(({ method, path }, scripted) => {
      scripted.cluster.status = 'installed';
      if (gone) return { status: 404, body: { reason: 'no such cluster' } };
      return method === 'GET' && path === '/hosts' ? { status: 200, body: [makeHost(1, { status: 'installed' }), makeHost(2, { progress: { current_stage: 'Rebooting' } })] } : undefined;
    });
    ended.catch(() => undefined);
    await expect.poll(() => service.calls.filter(({ path }) => path === '/hosts').length, { timeout: 30_000 }).toBeGreaterThan(3);
    gone = true;
    await expect(ended).rejects.toThrow('the cluster is not there any more');
    expect(told).not.toContain('the controller has ended');
  });

  it('sends its logs now and then, and announces the last ones; a failure of that is told and fails nothing', async () => {
    let uploads = 0;
    const { ended, life: { service, told } } = await run(({ path }) => (path.startsWith('/logs?') && ++uploads <= 3 ? { status: 500, body: { reason: 'no room' } } : undefined), { pace: { ...swiftPace, logsEveryMs: 5 } });
    await expect.poll(() => uploads, { timeout: 30_000 }).toBeGreaterThan(4);
    service.cluster.status = 'error';
    await expect(ended).resolves.toBe('error');
    expect(told.filter((line) => line.startsWith('logs were not sent: '))).toEqual([expect.stringContaining('500 no room')]);
    const calls = service.calls.filter(({ path }) => path.startsWith('/logs')).map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`);
    const last = calls.slice(calls.indexOf('PUT /logs_progress {"logs_state":"requested"}') + 1);
    expect([last[0], last.at(-1)]).toEqual(['POST /logs?logs_type=controller undefined', 'PUT /logs_progress {"logs_state":"completed"}']);
  });

  it.each([
    ['error', [], { cluster: true, operators: [] }],
    ['error', ['lso'], { cluster: true, operators: ['lso'] }],
    ['installed', ['lso'], { cluster: false, operators: ['lso'] }],
    ['cancelled', ['lso'], undefined],
  ] as const)('has what is wrong collected when the cluster is %s and these operators failed: %j', async (status, operators, expected) => {
    const asked: unknown[] = [];
    life = await startLife(({ method, path }, scripted) => {
      scripted.cluster.status = status;
      if (path === '/monitored_operators') return { status: 200, body: [{ name: 'console', operator_type: 'builtin', status: 'failed' }, { name: 'cnv', operator_type: 'olm', status: 'available' }, ...operators.map((name) => ({ name, operator_type: 'olm', status: 'failed' }))] };
      if (path.includes('kubeconfig-noingress')) return { status: 200, body: 'the kubeconfig' };
      return method === 'GET' && path === '/hosts' ? { status: 200, body: [makeHost(1, { status: 'installed' })] } : undefined;
    }, {
      findOperator: () => Promise.resolve({ status: 'available', status_info: '' }),
      mustGather: async (faults, getKubeconfig, send) => {
        asked.push(faults, await getKubeconfig());
        await send(new Blob(['more']));
      },
    }, { pace: { ...swiftPace, console: { everyMs: 5, limitMs: 20 }, completion: { everyMs: 5, limitMs: 20 } } });
    await expect(runController(life.options, life.run.signal)).resolves.toBe(status);
    expect(asked).toEqual(expected ? [expected, '"the kubeconfig"'] : []);
    expect(life.service.bodies('POST', '/logs?logs_type=controller')).toHaveLength(expected ? 2 : 1);
    expect(life.service.bodies('PUT', '/logs_progress')).toEqual([{ logs_state: 'requested' }, { logs_state: 'completed' }]);
  });

  it.each([['reset', 200, 'the cluster is insufficient by now'], ['gone', 404, 'the cluster is not there any more']] as const)('collects no more of a failed cluster that is %s meanwhile', async (_what, status, reason) => {
    let isLeft = false;
    life = await startLife((_call, scripted) => {
      scripted.cluster.status = isLeft ? 'insufficient' : 'error';
      if (isLeft && status !== 200) return { status };
      return _call.path === '/monitored_operators' ? { status: 200, body: [] } : undefined;
    }, {
      mustGather: async (_faults, _getKubeconfig, _send, signal) => {
        isLeft = true;
        await pauseForever(signal);
      },
    });
    await expect(runController(life.options, life.run.signal)).resolves.toBe('error');
    expect(life.told).toContain(`must-gather: ${reason}`);
    expect(life.service.bodies('POST', '/logs?logs_type=controller')).toHaveLength(1);
  });

  it('has sent its logs when nothing more can be collected', async () => {
    life = await startLife((_call, scripted) => void (scripted.cluster.status = 'error'), { mustGather: () => Promise.reject(new Error('no room')) });
    await expect(runController(life.options, life.run.signal)).resolves.toBe('error');
    expect(life.service.bodies('POST', '/logs?logs_type=controller')).toHaveLength(1);
    expect(life.service.bodies('PUT', '/logs_progress')).toEqual([{ logs_state: 'requested' }, { logs_state: 'completed' }]);
    expect(life.told.at(-1)).toMatch(/^must-gather: /);
  });
});
