import type { Flakiness } from './network/flaky-fetch';
import { profiles, type MachineProfile } from './machine/profile';
import { paces, type Pace } from './pace';

/**
 * What machines of a profile lead to: an installed cluster, one that cannot be installed, or one in which a machine is not heard of any
 * more: without a master the installation stands still, without one of several workers it comes to its end.
 */
export type FleetEnd = 'installed' | 'never ready' | 'one is silent';

/** The machines of a cluster, how they behave, and how their cluster must end. */
export interface FleetProfile {
  machine: MachineProfile;
  end: FleetEnd;
  /** The validation that none of them passes: why they are never ready, or what the user is told though they can be installed. */
  failing?: string;
  /** Whatever the options say: one is a cluster of a single node, three are masters that work too. */
  hostCount?: 1 | 3;
  pace?: Pace;
  network?: Flakiness;
  /** After its restart the first machine boots the discovery image once more, until somebody corrects its boot order. */
  bootsImageAgain?: boolean;
}

const standard = profiles.standard;

export const fleetProfiles = {
  standard: { machine: standard, end: 'installed' },
  compact: { machine: profiles.smallestMaster, end: 'installed', hostCount: 3 },
  sno: { machine: standard, end: 'installed', hostCount: 1 },
  slow: { machine: standard, end: 'installed', pace: { ...paces.steady, stageMs: 3_000, imageStepMs: 500 } },
  flaky: { machine: standard, end: 'installed', network: { lostRequests: 0.05, lostAnswers: 0.05 } },
  'no-ntp': { machine: { ...standard, ntpState: 'unreachable' }, end: 'installed', failing: 'ntp-synced' },
  'iso-again': { machine: standard, end: 'installed', bootsImageAgain: true },
  small: { machine: { ...profiles.small, cpuCount: 1, memoryGib: 4 }, end: 'never ready', failing: 'has-min-cpu-cores' },
  'duplicate-names': { machine: { ...standard, hostname: 'server' }, end: 'never ready', failing: 'hostname-unique' },
  'bad-disk': { machine: { ...standard, disks: [{ name: 'sda', driveType: 'SSD', sizeGb: 60, model: 'SSDSC2BB060G4' }] }, end: 'never ready', failing: 'has-min-valid-disks' },
  silent: { machine: standard, end: 'one is silent' },
} as const satisfies Record<string, FleetProfile>;

export type FleetProfileName = keyof typeof fleetProfiles;
