import { afterEach, describe, expect, it } from 'vitest';
import { driveNodes } from '../../../../src/agent/protocol/controller/drive-nodes';
import type { NewCluster } from '../../../../src/agent/protocol/controller/new-cluster';
import type { WireHost } from '../../../../src/agent/protocol/wire-cluster';
import type { Script } from '../../../sim/scripted-service';
import { hostIdOf, makeHost, startLife, type Life } from './controller-life';

let life: Life | undefined;
afterEach(() => life?.service.close());

const ready = (...numbers: number[]): Partial<NewCluster> => ({ listNodes: () => Promise.resolve(numbers.map((number) => ({ name: `node-${number}`, addresses: [], ready: true }))) });

async function start(hosts: WireHost[], script: Script, cluster: Partial<NewCluster>): Promise<Life> {
  life = await startLife(script, cluster);
  for (const host of hosts) life.service.hosts.set(host.id, host);
  return life;
}

describe('the nodes of a new cluster', () => {
  it('are looked at until each host is installed or in error; disabled ones are none', async () => {
    const hosts = [makeHost(1), makeHost(2, { status: 'error' }), makeHost(3, { status: 'disabled' })];
    const { run, service, told } = await start(hosts, () => undefined, ready(1, 2, 3));
    await driveNodes(run);
    expect(told).toEqual([`${hostIdOf(1)} Done`]);
    expect(service.bodies('PUT', '/progress')).toEqual([{ current_stage: 'Done', progress_info: '' }]);
  });

  it('are looked at again while no host is listed', async () => {
    let lists = 0;
    const { run } = await start([makeHost(1)], ({ method, path }) => (method === 'GET' && path === '/hosts' && ++lists < 4 ? { status: 200, body: [] } : undefined), ready(1));
    await driveNodes(run);
    expect(lists).toBeGreaterThan(4);
  });

  it('are looked at again at once where the service refuses a stage: somebody was quicker', async () => {
    let refused = 0;
    const { run, told, service } = await start([makeHost(1)], ({ method, path }) => (method === 'PUT' && path.startsWith(`/hosts/${hostIdOf(1)}`) && ++refused <= 2 ? { status: 409, body: { reason: 'not now' } } : undefined), ready(1));
    await driveNodes(run);
    expect(told.map((line) => line.replace(/: PUT .*409 /, ': '))).toEqual([`host ${hostIdOf(1)}: not now`, `host ${hostIdOf(1)}: not now`, `${hostIdOf(1)} Done`]);
    expect(service.calls.filter(({ method, path }) => method === 'GET' && path === '/hosts')).toHaveLength(4);
  });

  it('are reported although the service fails at what it is told of another', async () => {
    let refused = 0;
    const { run, told, service } = await start([makeHost(1), makeHost(2)], ({ method, path }) => (method === 'PUT' && path.startsWith(`/hosts/${hostIdOf(1)}`) && ++refused <= 7 ? { status: 500, body: { reason: 'not now' } } : undefined), ready(1, 2));
    await driveNodes(run);
    // Three tries a look: the first two looks and one more try.
    expect(refused).toBe(8);
    expect(told.findIndex((line) => line === `${hostIdOf(2)} Done`)).toBeLessThan(told.findIndex((line) => line === `${hostIdOf(1)} Done`));
    expect(told.filter((line) => line.startsWith(`host ${hostIdOf(1)}: `))).toHaveLength(2);
    expect([...service.hosts.values()].map(({ status }) => status)).toEqual(['installed', 'installed']);
  });

  it('are admitted while the service is away, by the hosts it named before', async () => {
    let lists = 0;
    const admitted: string[][] = [];
    const cluster: Partial<NewCluster> = { ...ready(), approveCertificates: (hosts) => Promise.resolve(void admitted.push(hosts.map(({ name }) => name))).then(() => []) };
    const { run, told, service } = await start([makeHost(1)], ({ method, path }) => (method === 'GET' && path === '/hosts' && ++lists > 1 && lists < 8 ? { status: 503, body: { reason: 'later' } } : undefined), cluster);
    const driving = driveNodes(run);
    await expect.poll(() => lists).toBeGreaterThan(8);
    Object.assign(service.hosts.get(hostIdOf(1)) ?? {}, { status: 'installed' });
    await driving;
    expect(told.filter((line) => line.startsWith('nodes: ') && line.includes('503'))).toHaveLength(2);
    expect(admitted.slice(0, 4)).toEqual([['node-1'], ['node-1'], ['node-1'], ['node-1']]);
  });
});
