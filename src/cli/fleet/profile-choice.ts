import { hostStages, type HostStage } from '../../domain/host/stage';
import { fleetProfiles, type FleetProfile, type FleetProfileName } from '../../sim/fleet-profiles';
import { UsageError } from '../install-test/usage-error';

/** A profile as it was asked for. */
export interface ProfileChoice {
  /** As it was written. */
  label: string;
  profile: FleetProfile;
  /** Of the profile `silent`: the stage from which on nothing is heard of a machine. */
  silentFrom?: HostStage;
}

const names = Object.keys(fleetProfiles);
const isProfile = (name: string): name is FleetProfileName => names.includes(name);
const defaultSilence: HostStage = 'Writing image to disk';

/** A failure is something that is told, so nobody falls silent at it. */
export const silentStages: readonly HostStage[] = hostStages.filter((stage) => stage !== 'Failed');

function parseStage(text: string, label: string): HostStage {
  const stage = silentStages.find((known) => known.toLowerCase() === text.trim().toLowerCase());
  if (!stage) throw new UsageError(`--profile ${label}: "${text}" is no stage of an installation; expected ${silentStages.join(', ')}`);
  return stage;
}

function parseOne(label: string, hosts: number): ProfileChoice {
  const [name = '', stageText] = label.split(':', 2).map((part) => part.trim());
  if (!isProfile(name)) throw new UsageError(`--profile ${label}: expected ${names.join(', ')}`);
  if (name !== 'silent') {
    if (stageText !== undefined) throw new UsageError(`--profile ${label}: only silent takes a stage, as in silent:Installing`);
    return { label: name, profile: fleetProfiles[name] };
  }
  const silentFrom = stageText === undefined ? defaultSilence : parseStage(stageText, label);
  if (silentFrom === 'Waiting for ignition' && hosts < 5) throw new UsageError(`--profile ${label}: only workers wait for their ignition; add --hosts 5 or more`);
  return { label: stageText === undefined ? name : `${name}:${silentFrom}`, profile: fleetProfiles[name], silentFrom };
}

/** What `--profile` asks for: names separated by commas, of which silent may name a stage after a colon. Throws UsageError. */
export function parseProfiles(text: string, hosts: number): readonly ProfileChoice[] {
  return text.split(',').map((label) => parseOne(label.trim(), hosts));
}
