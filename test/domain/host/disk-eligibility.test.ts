import { describe, expect, it } from 'vitest';
import { decideDiskEligibility, eligibleDisks, withDiskEligibility } from '../../../src/domain/host/disk-eligibility';
import { makeDisk, makeHost, makeInventory, makeSnapshot, settings } from '../validations/fixtures';

describe('decideDiskEligibility', () => {
  it('adds the reasons of the service', () => {
    const decided = decideDiskEligibility(makeDisk('sda', { size_bytes: 10e9, drive_type: 'ODD' }), 120);
    expect(decided.installation_eligibility).toEqual({ eligible: false, not_eligible_reasons: [expect.stringContaining('10 GB, 120 GB'), expect.stringContaining('ODD')] });
  });

  it('decides anew each time and keeps the reasons of the agent', () => {
    const small = makeDisk('sda', { size_bytes: 10e9, installation_eligibility: { eligible: false, not_eligible_reasons: ['Disk is removable'] } });
    const twice = decideDiskEligibility(decideDiskEligibility(small, 120), 5);
    expect(twice.installation_eligibility).toEqual({ eligible: false, not_eligible_reasons: ['Disk is removable'] });
  });

  it('takes a refusal without a reason for no refusal', () => {
    const old = makeDisk('sda', { installation_eligibility: { eligible: false } });
    expect(decideDiskEligibility(old, 120).installation_eligibility).toEqual({ eligible: true, not_eligible_reasons: [] });
  });

  it('covers an inventory and the host in its role', () => {
    const inventory = makeInventory(1, { disks: [makeDisk('sda'), makeDisk('sdb', { size_bytes: 1 })] });
    expect(withDiskEligibility(inventory, 120).disks?.map((disk) => disk.installation_eligibility?.eligible)).toEqual([true, false]);
    const host = makeHost(1, {}, { inventory });
    expect(eligibleDisks(makeSnapshot([host]), host, settings).map(({ name }) => name)).toEqual(['sda']);
  });
});
