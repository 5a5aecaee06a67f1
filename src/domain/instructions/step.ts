import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import type { StepType } from '../host/step-type';
import type { DomainSettings } from '../settings';
import type { Peer } from './peers';

/** One instruction to an agent, before the API gives it an id. */
export interface Step {
  stepType: StepType;
  command: string;
  args: string[];
}

/** All a step may depend on, so that an answer can be kept until one of these changes. */
export interface StepInput {
  snapshot: ClusterSnapshot;
  host: Host;
  settings: DomainSettings;
  peers: () => readonly Peer[];
}

/** Builds a step; undefined when there is nothing to do or something it needs is not known. */
export type StepBuilder = (input: StepInput) => Step | undefined;
