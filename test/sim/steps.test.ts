import { describe, expect, it } from 'vitest';
import type { ConnectivityReport, FreeNetworkAddresses } from '../../src/agent/protocol/step-payloads';
import type { StepType } from '../../src/domain/host/step-type';
import { createMachineFacts } from '../../src/sim/machine/machine-facts';
import { makeInventory } from '../../src/sim/machine/make-inventory';
import { profiles } from '../../src/sim/machine/profile';
import { createMachineNetwork } from '../../src/sim/network/machine-network';
import { answers } from '../../src/sim/steps/answers';
import { findViolations } from './contract-schema';
import { findReplyViolations, findStepViolations } from './step-contract';

const now = () => new Date('2021-06-20T12:00:00Z');
const network = createMachineNetwork();
const machine = createMachineFacts(profiles.standard, 0, network, 'test');
const other = createMachineFacts(profiles.standard, 1, network, 'test');

function answer(stepType: StepType, args: string[]) {
  expect(findStepViolations({ step_type: stepType, args })).toEqual([]);
  const result = answers[stepType]?.(args, { machine, now });
  if (!result) throw new Error(`${stepType} is not answered`);
  expect(findReplyViolations({ step_type: stepType, exit_code: result.exitCode, output: result.output })).toEqual([]);
  expect(result.exitCode).toBe(0);
  return result.output;
}

describe('inventory', () => {
  it('is what the contract says, of the size of a real one', () => {
    const text = answer('inventory', ['-c', 'cp /etc/mtab /root/mtab && podman run --privileged agent inventory']);
    expect(text.length).toBeGreaterThan(8_000);
    expect(text.length).toBeLessThan(14_000);
  });

  it('has an eligible disk first and the boot medium last, addresses in the machine network, and its clock', () => {
    const inventory = makeInventory(machine, now());
    expect(inventory.disks?.map((disk) => disk.installation_eligibility?.eligible)).toEqual([true, true, true, false]);
    expect(inventory.interfaces?.flatMap((nic) => nic.ipv4_addresses)).toEqual(['192.168.126.10/24']);
    expect(inventory.timestamp).toBe(1_624_190_400);
  });

  it('differs between machines in all that identifies a machine', () => {
    expect(new Set([machine.hostId, other.hostId]).size).toBe(2);
    expect(machine.mac).not.toBe(other.mac);
    expect(machine.address).not.toBe(other.address);
    expect(machine.hostname).not.toBe(other.hostname);
  });
});

describe('connectivity-check', () => {
  it('reaches every address of every host it is asked about', () => {
    const hosts = [other, createMachineFacts(profiles.standard, 2, network, 'test')].map(({ hostId, nicName, mac, address }) => ({
      host_id: hostId,
      nics: [{ name: nicName, mac, ip_addresses: [address] }],
    }));
    const report = JSON.parse(answer('connectivity-check', ['run', '--rm', 'agent', 'connectivity_check', JSON.stringify(hosts)])) as ConnectivityReport;
    expect(report.remote_hosts.map((host) => host.host_id)).toEqual(hosts.map((host) => host.host_id));
    expect(report.remote_hosts[0]?.l2_connectivity).toEqual([
      { outgoing_nic: 'eno1', outgoing_ip_address: '192.168.126.10', remote_ip_address: other.address, remote_mac: other.mac, successful: true },
    ]);
    expect(report.remote_hosts[0]?.l3_connectivity[0]).toMatchObject({ remote_ip_address: other.address, successful: true, packet_loss_percentage: 0 });
  });
});

describe('free-network-addresses', () => {
  it('finds the virtual addresses free, and neither gateway nor machines', () => {
    const script = `podman ps --format '{{.Names}}' | grep -q '^free_addresses_scanner$' || podman run --name free_addresses_scanner agent free_addresses '["192.168.126.0/24"]'`;
    const [found] = JSON.parse(answer('free-network-addresses', ['-c', script])) as FreeNetworkAddresses[];
    expect(found?.free_addresses).toContain(network.apiVip);
    expect(found?.free_addresses).toContain(network.ingressVip);
    expect(found?.free_addresses).not.toContain(network.gateway);
    expect(found?.free_addresses).not.toContain(machine.address);
    expect(found?.free_addresses).not.toContain('192.168.126.255');
  });
});

describe('the other checks', () => {
  it('ntp-synchronizer knows its own source and those it is told of', () => {
    const output = answer('ntp-synchronizer', ['run', 'agent', 'ntp_synchronizer', '{"ntp_source":"a.example.com, b.example.com"}']);
    expect(JSON.parse(output)).toEqual({
      ntp_sources: [
        { source_name: 'time.example.com', source_state: 'synced' },
        { source_name: 'a.example.com', source_state: 'combined' },
        { source_name: 'b.example.com', source_state: 'combined' },
      ],
    });
  });

  it('dhcp-lease-allocate leases the virtual addresses and keeps leases it is given', () => {
    const request = { interface: 'eno1', api_vip_mac: '00:1a:4a:b5:4d:cc', ingress_vip_mac: '00:1a:4a:83:b1:f7', api_vip_lease: 'lease {\n}\n' };
    const output = JSON.parse(answer('dhcp-lease-allocate', ['run', 'agent', 'dhcp_lease_allocate', JSON.stringify(request)])) as Record<string, string>;
    expect(output).toMatchObject({ api_vip_address: network.apiVip, ingress_vip_address: network.ingressVip, api_vip_lease: request.api_vip_lease });
    expect(output['ingress_vip_lease']).toContain(`fixed-address ${network.ingressVip};`);
  });

  it('installation-disk-speed-check answers for the disk it is asked about, also from inside a shell command', () => {
    const output = answer('installation-disk-speed-check', ['-c', `timeout 480 bash -c "podman run agent disk_speed_check '{\\"path\\":\\"/dev/sda\\"}'"`]);
    expect(JSON.parse(output)).toEqual({ io_sync_duration: 3, path: '/dev/sda' });
  });

  it('container-image-availability pulls every image', () => {
    const images = ['registry.example.com/installer:1', 'registry.example.com/mco@sha256:0'];
    const output = answer('container-image-availability', ['-c', `podman run agent container_image_availability --request '${JSON.stringify({ images, timeout: 1800 })}'`]);
    expect((JSON.parse(output) as { images: { name: string; result: string }[] }).images.map(({ name, result }) => [name, result])).toEqual(images.map((name) => [name, 'success']));
  });

  it('api-vip-connectivity-check succeeds, execute has no output', () => {
    expect(JSON.parse(answer('api-vip-connectivity-check', ['{"url":"http://192.168.126.100:22624/config/worker","verify_cidr":true}']))).toEqual({ is_success: true });
    expect(answer('execute', ['stop', '-i', '-t', '5', 'assisted-installer'])).toBe('');
  });

  it('a step without its request is refused', () => {
    expect(() => answers['connectivity-check']?.(['run', 'agent'], { machine, now })).toThrow('no request');
  });
});

it('the schemas do find mistakes', () => {
  expect(findViolations('host-progress', { current_stage: 'Cooking' })).not.toEqual([]);
  expect(findViolations('inventory', { ...makeInventory(machine, now()), cpus: 4 })).not.toEqual([]);
  expect(findViolations('step-reply', { step_type: 'inventory', exit_code: '0' })).not.toEqual([]);
});
