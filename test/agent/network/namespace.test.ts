import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMachine } from '../../../src/agent/machine/create-machine';
import type { Machine } from '../../../src/agent/machine/machine';
import { FixtureMachine } from '../fixture-machine';
import { play } from '../steps/play';

const tag = process.pid.toString(36).slice(-6);
const [space, near, far] = [`agent-${tag}`, `ag${tag}a`, `ag${tag}b`];
const network = `10.${200 + (process.pid % 50)}.${process.pid % 250}`;
const real = createMachine({ environment: process.env });
const ip = (...args: string[]): { status: number | null; stderr: string; stdout: string } => spawnSync('ip', args, { encoding: 'utf8' });

/** Peers in a network namespace of their own take root, and the tools the agent asks for. */
const lacks = ['ip', 'ping', 'arping'].filter((program) => !real.has(program));
const possible = process.getuid?.() === 0 && lacks.length === 0 && ip('netns', 'list').status === 0;

describe.skipIf(!possible)('peers on a link (needs root, ip, iputils ping and arping)', () => {
  let machine: Machine;
  let tree: FixtureMachine;
  let peerMac = '';

  beforeAll(() => {
    for (const args of [
      ['netns', 'add', space], ['link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', space], ['address', 'add', `${network}.1/28`, 'dev', near], ['link', 'set', near, 'up'],
      ['-n', space, 'address', 'add', `${network}.2/28`, 'dev', far], ['-n', space, 'address', 'add', `${network}.3/28`, 'dev', far], ['-n', space, 'link', 'set', far, 'up'],
    ]) {
      const { status, stderr } = ip(...args);
      if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
    }
    peerMac = (JSON.parse(ip('-n', space, '-j', 'link', 'show', far).stdout) as { address: string }[])[0]?.address ?? '';
    // The link itself is none a server has: its attributes stand in a captured tree, all tools are this machine's.
    const attributes = { address: '02:00:00:00:00:01', carrier: '1', mtu: '1500', flags: '0x1003', 'device/vendor': '0x1af4' };
    tree = new FixtureMachine({ files: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`/sys/class/net/${near}/${name}`, value])) });
    machine = { ...real, root: tree.root };
  });
  afterAll(() => {
    ip('link', 'delete', near);
    ip('netns', 'delete', space);
    tree?.remove();
  });

  it('are reached on the link and through the network without loss; nobody is where nobody is', async () => {
    const host = { host_id: 'd1a5c8f0-0000-0000-0000-000000000001', nics: [{ name: 'eth0', mac: peerMac, ip_addresses: [`${network}.2`, `${network}.9`] }] };
    const { json } = await play('connectivity-check', [host], machine);
    const { l2_connectivity: l2, l3_connectivity: l3 } = (json as { remote_hosts: { l2_connectivity: unknown[]; l3_connectivity: { average_rtt_ms: number }[] }[] }).remote_hosts[0] ?? {};
    expect(l2).toMatchObject([
      { outgoing_nic: near, outgoing_ip_address: `${network}.1`, remote_ip_address: `${network}.2`, remote_mac: peerMac, successful: true },
      { remote_ip_address: `${network}.9`, remote_mac: '', successful: false },
    ]);
    expect(l3).toMatchObject([{ successful: true, packet_loss_percentage: 0 }, { successful: false, packet_loss_percentage: 100 }]);
    expect(l3?.[0]?.average_rtt_ms).toBeGreaterThan(0);
  });

  it('take their addresses out of the free ones', async () => {
    const { json } = await play('free-network-addresses', [`${network}.0/28`], machine);
    expect(json).toEqual([{ network: `${network}.0/28`, free_addresses: Array.from({ length: 11 }, (_, at) => `${network}.${at + 4}`) }]);
  });
});
