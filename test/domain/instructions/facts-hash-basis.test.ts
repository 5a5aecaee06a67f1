import { describe, expect, it } from 'vitest';
import { factsHashBasis } from '../../../src/domain/instructions/facts-hash-basis';
import { gib, makeConnectivity, makeDisk, makeInventory } from '../validations/fixtures';

describe('factsHashBasis', () => {
  const inventory = (overrides: Parameters<typeof makeInventory>[1]) => factsHashBasis('inventory', { inventory: makeInventory(1, overrides) });
  const connectivity = (l3: Parameters<typeof makeConnectivity>[2]) => factsHashBasis('connectivity-check', { connectivity: makeConnectivity(1, 3, l3) });

  it('ignores clock, usable memory and SMART data of an inventory', () => {
    const disks = [makeDisk('sda', { smart: 'x' })];
    expect(inventory({ timestamp: 1, disks, memory: { physical_bytes: 64 * gib, usable_bytes: 1 } })).toBe(inventory({}));
    expect(inventory({ hostname: 'other' })).not.toBe(inventory({}));
    expect(inventory({ memory: { physical_bytes: 1 } })).not.toBe(inventory({}));
  });

  it('ignores round trips and losses of a connectivity report unless they cross a threshold', () => {
    expect(connectivity({ average_rtt_ms: 99 })).toBe(connectivity({ average_rtt_ms: 0.3 }));
    expect(connectivity({ average_rtt_ms: 101 })).not.toBe(connectivity({ average_rtt_ms: 99 }));
    expect(connectivity({ average_rtt_ms: 1001 })).not.toBe(connectivity({ average_rtt_ms: 101 }));
    expect(connectivity({ packet_loss_percentage: 1 })).not.toBe(connectivity({}));
    expect(connectivity({ packet_loss_percentage: 1 })).toBe(connectivity({ packet_loss_percentage: 9 }));
  });

  it('does not depend on the order of keys', () => {
    expect(factsHashBasis('ntp-synchronizer', { ntpSources: [{ source_name: 'a', source_state: 'synced' }] })).toBe(
      factsHashBasis('ntp-synchronizer', { ntpSources: [{ source_state: 'synced', source_name: 'a' }] }),
    );
  });
});
