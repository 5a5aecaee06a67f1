import { describe, expect, it } from 'vitest';
import { disabledHostValidations, hardwareRequirements } from '../../src/config/hardware-requirements';

const role = (cpu_cores: number) => ({
  cpu_cores, ram_mib: 16_384, disk_size_gb: 100, installation_disk_speed_threshold_ms: 10, network_latency_threshold_ms: 100, packet_loss_percentage: 0,
});
const version = (name: string, changes = {}) => ({ version: name, master: role(4), worker: role(2), sno: role(8), ...changes });

describe('HW_VALIDATOR_REQUIREMENTS', () => {
  it('is a list by version', () => {
    const [first, second] = hardwareRequirements.parse(JSON.stringify([version('default'), version('4.8.2', { master: role(6) })]));
    expect(first).toMatchObject({ version: 'default', worker: { cpuCores: 2, ramMib: 16_384, diskSizeGb: 100, diskSpeedThresholdMs: 10, networkLatencyThresholdMs: 100, packetLossPercentage: 0 } });
    expect(second?.master.cpuCores).toBe(6);
  });

  it.each<[unknown, string]>([
    [{}, 'the list'],
    [[version('4.8.2')], 'version "default"'],
    [[version('default'), version('default')], 'twice'],
    [[version('default', { master: { ...role(4), ram_mib: -1 } })], '0.master.ram_mib'],
    [[version('default', { worker: { ...role(4), ram: 1 } })], '0.worker'],
  ])('is refused, case %#', (json, reason) => {
    expect(hardwareRequirements.safeParse(JSON.stringify(json)).error?.issues[0]?.message).toContain(reason);
  });

  it('is refused when it is no JSON', () => {
    expect(hardwareRequirements.safeParse('4 cores').error?.issues[0]?.message).toContain('must be a JSON list');
  });
});

describe('DISABLED_HOST_VALIDATIONS', () => {
  it('names host validations that exist', () => {
    expect(disabledHostValidations.parse('ntp-synced, connected')).toEqual(['ntp-synced', 'connected']);
    expect(disabledHostValidations.parse('')).toEqual([]);
    expect(disabledHostValidations.safeParse('ntp-synced,mtu').error?.issues[0]?.message).toBe('no host validation is called mtu');
  });
});
