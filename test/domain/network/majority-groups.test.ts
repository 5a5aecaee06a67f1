import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLargestFullMesh } from '../../../src/domain/network/largest-full-mesh';
import { areLinked, type Links } from '../../../src/domain/network/links';
import { calculateMajorityGroups } from '../../../src/domain/network/majority-groups';
import { hostIdOf, makeConnectivity, makeHost, makeHosts, makeSnapshot } from '../validations/fixtures';

const cidr = '192.168.10.0/24';

function graph(size: number, edges: readonly (readonly [number, number])[]): Links {
  const rows = Array.from({ length: size }, () => new Uint8Array(size));
  for (const [a, b] of edges) {
    if (a !== b) rows[a]?.set([1], b);
    if (a !== b) rows[b]?.set([1], a);
  }
  return rows;
}

function bruteForce(rows: Links, minSize: number): number[] {
  let best: number[] = [];
  for (let mask = 0; mask < 1 << rows.length; mask += 1) {
    const members = rows.map((_, index) => index).filter((index) => (mask >> index) & 1);
    const full = members.every((a) => members.every((b) => a === b || areLinked(rows, a, b)));
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

  it('ends with a large full mesh on a graph that is too hard to search through', () => {
    const pairs = Array.from({ length: 250 }, (_, a) => Array.from({ length: a }, (_, b) => [a, b] as const)).flat();
    const links = graph(250, pairs.filter(([a, b]) => (a * 7_919 + b * 104_729) % 101 > 0));
    const mesh = findLargestFullMesh(links, 3);
    expect(mesh.every((a) => mesh.every((b) => a === b || areLinked(links, a, b)))).toBe(true);
    expect(mesh.length).toBeGreaterThan(100);
    expect(findLargestFullMesh(links, 3)).toEqual(mesh);
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
