import { expect, it } from 'vitest';
import { RequestFailed } from '../../../src/agent/protocol/request-failed';
import type { WireCluster } from '../../../src/agent/protocol/wire-cluster';
import { ClusterWatch } from '../../../src/cli/fleet/cluster-watch';
import type { ClusterStatus } from '../../../src/domain/cluster/status';

const never = new AbortController().signal;
const cluster = (id: string, status: ClusterStatus): WireCluster => ({ id, status, href: '', status_info: '', image_info: {} });

it('those who wait share each look; one that fails has seen nothing', async () => {
  const lists = [[cluster('a', 'ready'), cluster('b', 'insufficient')], new RequestFailed(500, 'no', 'GET'), [cluster('a', 'installed'), cluster('b', 'ready')]];
  let looks = 0;
  const watch = new ClusterWatch(() => {
    const next = lists[looks++];
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? []);
  }, 1);
  const seen: string[] = [];
  await Promise.all([
    watch.until('a', (status) => status === 'installed', (status) => seen.push(`a ${status}`), never),
    watch.until('b', (status) => status === 'ready', (status) => seen.push(`b ${status}`), never),
  ]);
  expect(seen.sort()).toEqual(['a installed', 'a ready', 'b insufficient', 'b ready']);
  expect(looks).toBe(3);
});

it('an abort ends the waiting for a cluster that never comes', async () => {
  const off = new AbortController();
  const watch = new ClusterWatch(() => {
    off.abort(new Error('enough'));
    return Promise.resolve([]);
  }, 1);
  await expect(watch.until('a', () => true, () => undefined, off.signal)).rejects.toThrow('enough');
});
