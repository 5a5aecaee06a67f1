import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLargestFullMesh } from '../../../src/domain/network/largest-full-mesh';
import { calculateMajorityGroups } from '../../../src/domain/network/majority-groups';
import { hostIdOf, makeConnectivity, makeHost, makeHosts, makeSnapshot } from '../validations/fixtures';

const cidr = '192.168.10.0/24';

function graph(size: number, edges: readonly (readonly [number, number])[]): bigint[] {
  const rows = Array.from({ length: size }, () => 0n);
  for (const [a, b] of edges) {
    if (a === b) continue;
    rows[a] = (rows[a] ?? 0n) | (1n << BigInt(b));
    rows[b] = (rows[b] ?? 0n) | (1n << BigInt(a));
  }
  return rows;
}

function bruteForce(rows: readonly bigint[], minSize: number): number[] {
  let best: number[] = [];
  for (let mask = 0; mask < 1 << rows.length; mask += 1) {
    const members = rows.map((_, index) => index).filter((index) => (mask >> index) & 1);
    const full = members.every((a) => members.every((b) => a === b || ((rows[a] ?? 0n) >> BigInt(b)) & 1n));
    if (full && members.length >= minSize && (members.length > best.length || (members.length === best.length && members.join() < best.join()))) best = members;
  }
  return best;
}

describe('findLargestFullMesh', () => {
  it('agrees with trying all sets', () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 40 });
    fc.assert(fc.property(edges, (list) => {
      const rows = graph(8, list);
      expect(findLargestFullMesh(rows, 3)).toEqual(bruteForce(rows, 3));
    }));
  });

  it('is quick on a full mesh and on a complete graph without a perfect matching', () => {
    const pairs = Array.from({ length: 250 }, (_, a) => Array.from({ length: 250 }, (_, b) => [a, b] as const)).flat();
    expect(findLargestFullMesh(graph(250, pairs), 3)).toHaveLength(250);
    expect(findLargestFullMesh(graph(250, pairs.filter(([a, b]) => Math.floor(a / 2) !== Math.floor(b / 2))), 3)).toHaveLength(125);
  });
});

describe('calculateMajorityGroups', () => {
  it('groups hosts that all reach each other', () => {
    expect(calculateMajorityGroups(makeSnapshot())).toEqual({ [cidr]: [1, 2, 3].map(hostIdOf) });
  });

  it('needs three hosts and the word of both sides', () => {
    expect(calculateMajorityGroups(makeSnapshot(makeHosts(2)))).toEqual({ [cidr]: [] });
    const deaf = makeHost(3, {}, { connectivity: { remote_hosts: [] } });
    expect(calculateMajorityGroups(makeSnapshot([makeHost(1), makeHost(2), deaf]))).toEqual({ [cidr]: [] });
  });

  it('leaves out who is not reached and who is disabled, whatever the order of the hosts', () => {
    const four = [4, 3, 2, 1].map((position) => makeHost(position, {}, { connectivity: makeConnectivity(position, position === 4 ? 3 : 4) }));
    expect(calculateMajorityGroups(makeSnapshot(four))[cidr]).toEqual([1, 2, 3, 4].map(hostIdOf));
    const failing = four.map((host) => (host.id === hostIdOf(4) ? { ...host, facts: { ...host.facts, connectivity: {} } } : host));
    expect(calculateMajorityGroups(makeSnapshot(failing))[cidr]).toEqual([1, 2, 3].map(hostIdOf));
    expect(calculateMajorityGroups(makeSnapshot(four.map((host, index) => (index < 2 ? { ...host, status: 'disabled' } : host))))[cidr]).toEqual([]);
  });

  it('counts a connection only in the network of its address', () => {
    const elsewhere = makeHosts().map((host) => ({
      ...host,
      facts: { ...host.facts, connectivity: { remote_hosts: (host.facts.connectivity?.remote_hosts ?? []).map((remote) => ({ ...remote, l2_connectivity: [{ remote_ip_address: '10.0.0.1', successful: true }] })) } },
    }));
    expect(calculateMajorityGroups(makeSnapshot(elsewhere))).toEqual({ [cidr]: [] });
  });
});
