import { describe, expect, it } from 'vitest';
import { callWithRetries } from '../../../../src/agent/protocol/call-with-retries';
import { ControllerRun, type ControllerOptions } from '../../../../src/agent/protocol/controller/controller-run';
import { fieldPace } from '../../../../src/agent/protocol/controller/controller-pace';
import { lookUntil } from '../../../../src/agent/protocol/controller/look-until';
import { createControllerClient } from '../../../../src/agent/protocol/controller-client';
import { RequestFailed } from '../../../../src/agent/protocol/request-failed';
import { createSimulatedCluster } from '../../../../src/sim/controller/simulated-cluster';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const at = { attempts: 10, fromMs: 0, toMs: 0 };

describe('the pace of a controller in the field', () => {
  it.each([
    ['contact', second, 70 * minute], ['nodes', 30 * second, 10 * hour], ['finalizing', 30 * second, 10 * hour], ['version', minute, 70 * minute], ['ingress', 30 * second, 70 * minute],
    ['console', 30 * second, 70 * minute], ['manifests', 30 * second, 10 * minute], ['patience', 30 * second, 70 * minute], ['dns', 20 * second, 15 * minute], ['completion', minute, 30 * minute],
  ] as const)('for %s is a look each %i ms, for at most %i ms', (name, everyMs, limitMs) => {
    expect(fieldPace[name]).toEqual({ everyMs, limitMs });
  });

  it('makes a call ten times, two to ten seconds apart; looks at the cluster each minute, at operators each half, and sends logs each five', () => {
    expect(fieldPace).toMatchObject({ retries: { attempts: 10, fromMs: 2 * second, toMs: 10 * second }, watchEveryMs: minute, olmEveryMs: 30 * second, logsEveryMs: 5 * minute });
  });
});

describe('a call that fails', () => {
  it.each([400, 401, 404, 409, 422, 500, 503, 0])('with %i is made ten times, and then fails with the last answer', async (status) => {
    let calls = 0;
    const failing = () => Promise.reject(new RequestFailed(status, `number ${++calls}`, 'GET /x'));
    await expect(callWithRetries(failing, at, new AbortController().signal)).rejects.toMatchObject({ status, reason: 'number 10' });
    expect(calls).toBe(10);
  });

  it('and then succeeds is not made again', async () => {
    let calls = 0;
    expect(await callWithRetries(() => (++calls < 4 ? Promise.reject(new RequestFailed(503, 'later', 'GET /x')) : Promise.resolve('done')), at, new AbortController().signal)).toBe('done');
    expect(calls).toBe(4);
  });

  it('for another reason than the service is not made again, and none when all is over', async () => {
    let calls = 0;
    const fault = () => (calls++, Promise.reject(new Error('a fault')));
    await expect(callWithRetries(fault, at, new AbortController().signal)).rejects.toThrow('a fault');
    await expect(callWithRetries(() => (calls++, Promise.reject(new RequestFailed(500, 'no', 'GET /x'))), at, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    expect(calls).toBe(2);
  });
});

describe('a look that is made again', () => {
  const told: string[] = [];
  const options: ControllerOptions = {
    client: createControllerClient({ url: 'http://127.0.0.1:1', clusterId: 'c', token: '' }), cluster: createSimulatedCluster(''), pace: fieldPace, checkClusterVersion: false, highlyAvailable: true,
    observe: (event) => void (event.kind === 'controller' && told.push(event.what)),
  };
  const run = new ControllerRun(options, new AbortController().signal);

  it('tells each failure, and ends with the last one when its time is over', async () => {
    let looks = 0;
    await expect(lookUntil(run, 'nodes', { everyMs: 1, limitMs: 0 }, () => Promise.reject(new Error(`failure ${++looks}`)))).rejects.toThrow('nodes: not within 0 minutes (failure 1)');
    expect(told).toEqual(['nodes: failure 1']);
    expect(await lookUntil(run, 'nodes', { everyMs: 1, limitMs: hour }, async () => (++looks > 5 ? looks : undefined))).toBe(6);
  });

  it('ends at once when all is over', async () => {
    const over = new AbortController();
    const looking = lookUntil(run.until(over.signal), 'nodes', { everyMs: hour, limitMs: hour * 2 }, async () => undefined);
    over.abort(new Error('the cluster is installed'));
    await expect(looking).rejects.toThrow('the cluster is installed');
  });
});
