import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { listFreeAddresses } from '../../../src/domain/network/list-free-addresses';
import { hostId, toReady } from '../cluster/story';

const network = '192.168.126.0/24';
const all = { prefix: '', limit: 8000 };

function withScans(scans: Record<number, string[]>): ClusterSnapshot {
  const story = toReady();
  for (const [index, addresses] of Object.entries(scans)) {
    story.edit((host) => (host.id === hostId(Number(index)) ? { ...host, facts: { ...host.facts, freeAddresses: [{ network, free_addresses: addresses }] } } : host));
  }
  return story.snapshot;
}

describe('the free addresses of a network', () => {
  it('are those that all hosts found, by number', () => {
    const snapshot = withScans({ 1: ['192.168.126.20', '192.168.126.9', '192.168.126.100'], 2: ['192.168.126.100', '192.168.126.9', '192.168.126.3', '192.168.126.20'] });
    expect(listFreeAddresses(snapshot, network, all)).toEqual(['192.168.126.9', '192.168.126.20', '192.168.126.100']);
    expect(listFreeAddresses(snapshot, '192.168.126.77/24', { prefix: '192.168.126.2', limit: 8000 })).toEqual(['192.168.126.20']);
    expect(listFreeAddresses(snapshot, network, { prefix: '', limit: 1 })).toEqual(['192.168.126.9']);
    expect(listFreeAddresses(snapshot, '10.0.0.0/8', all)).toEqual([]);
    expect(listFreeAddresses(snapshot, 'no network', all)).toEqual([]);
  });

  it('need a host that waits for its installation', () => {
    const snapshot = withScans({ 1: ['192.168.126.9'] });
    const moved = (status: 'discovering' | 'insufficient'): ClusterSnapshot => ({ ...snapshot, hosts: snapshot.hosts.map((host) => ({ ...host, status })) });
    expect(listFreeAddresses(moved('discovering'), network, all)).toBeUndefined();
    expect(listFreeAddresses(moved('insufficient'), network, all)).toEqual(['192.168.126.9']);
    expect(listFreeAddresses({ ...snapshot, hosts: [] }, network, all)).toBeUndefined();
  });
});
