import type { HostStage } from '../domain/host/stage';
import type { Flakiness } from './network/flaky-fetch';
import { profiles, type MachineProfile } from './machine/profile';
import { paces, type Pace } from './pace';

/** What machines of a profile lead to: an installed cluster, one that cannot be installed, or one whose installation stands still. */
export type FleetEnd = 'installed' | 'never ready' | 'stands still';

/** The machines of a cluster, how they behave, and how their cluster must end. */
export interface FleetProfile {
  machine: MachineProfile;
  end: FleetEnd;
  singleNode?: boolean;
  pace?: Pace;
  network?: Flakiness;
  /** The first machine says nothing of this stage, nor of later ones. */
  silentFrom?: HostStage;
  /** After its restart the first machine boots the discovery image once more, until somebody corrects its boot order. */
  bootsImageAgain?: boolean;
}

const standard = profiles.standard;

export const fleetProfiles = {
  standard: { machine: standard, end: 'installed' },
  sno: { machine: standard, end: 'installed', singleNode: true },
  slow: { machine: standard, end: 'installed', pace: { ...paces.brisk, stageMs: 3_000, imageStepMs: 500 } },
  flaky: { machine: standard, end: 'installed', network: { lostRequests: 0.05, lostAnswers: 0.05 } },
  'no-ntp': { machine: { ...standard, ntpState: 'unreachable' }, end: 'installed' },
  'iso-again': { machine: standard, end: 'installed', bootsImageAgain: true },
  small: { machine: { ...profiles.small, cpuCount: 1, memoryGib: 4 }, end: 'never ready' },
  'duplicate-names': { machine: { ...standard, hostname: 'localhost' }, end: 'never ready' },
  'bad-disk': { machine: { ...standard, disks: [{ name: 'sda', driveType: 'SSD', sizeGb: 60, model: 'SSDSC2BB060G4' }] }, end: 'never ready' },
  silent: { machine: standard, end: 'stands still', silentFrom: 'Writing image to disk' },
} as const satisfies Record<string, FleetProfile>;

export type FleetProfileName = keyof typeof fleetProfiles;
