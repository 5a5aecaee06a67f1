import type { StepType } from '../../src/domain/host/step-type';
import type { HostStage } from '../../src/domain/host/stage';

/** Signals tell what happened and carry ids; the facts themselves are in the database. */
export const hostRegisteredSignal = 'hostRegistered';
export interface HostRegistered { hostId: string }

export const stepResultSignal = 'stepResult';
export interface StepResult { hostId: string; stepType: StepType }

export const hostProgressSignal = 'hostProgress';
export interface HostProgress { hostId: string; stage: HostStage }

export const factsChangedSignal = 'factsChanged';
export interface FactsChanged { what: string }

/** Updates: one per operation that the cluster's state may refuse. Each carries the id of a stored intent. */
export const registerUpdate = 'register';
export const installUpdate = 'install';
export const cancelUpdate = 'cancel';
export const resetUpdate = 'reset';
export const updateClusterUpdate = 'updateCluster';
export const deregisterUpdate = 'deregister';
export const generateImageUpdate = 'generateImage';
export const registerAddHostsUpdate = 'registerAddHosts';
export const installHostsUpdate = 'installHosts';
export const installHostUpdate = 'installHost';
export const resetHostUpdate = 'resetHost';
export const enableHostUpdate = 'enableHost';
export const disableHostUpdate = 'disableHost';
export const deregisterHostUpdate = 'deregisterHost';
export const updateHostInstallerArgsUpdate = 'updateHostInstallerArgs';
export const resetHostValidationUpdate = 'resetHostValidation';
export const updateInstallConfigUpdate = 'updateInstallConfig';
export const updateDiscoveryIgnitionUpdate = 'updateDiscoveryIgnition';
export const updateHostIgnitionUpdate = 'updateHostIgnition';

export const clusterUpdates = [
  registerUpdate, installUpdate, cancelUpdate, resetUpdate, updateClusterUpdate, deregisterUpdate, generateImageUpdate,
  registerAddHostsUpdate, installHostsUpdate, installHostUpdate, resetHostUpdate, enableHostUpdate, disableHostUpdate, deregisterHostUpdate,
  updateHostInstallerArgsUpdate, resetHostValidationUpdate, updateInstallConfigUpdate, updateDiscoveryIgnitionUpdate, updateHostIgnitionUpdate,
] as const;
export type ClusterUpdate = (typeof clusterUpdates)[number];

/** Begins the permanent deletion of a deregistered cluster at once; answers when nothing is left of it. Carries nothing. */
export const eraseUpdate = 'erase';

export interface IntentMessage { requestId: string; intentId: string }

/** What an update answers once its intent is applied; refusals are ApplicationFailures whose type is a Refusal's. */
export interface IntentApplied { revision: number }

/**
 * Makes sure that the rows of the cluster are those of its workflow. Carries the revision of the rows, 0 where there are none; a
 * workflow that knows no newer one refuses it as `nothingToRecover`, which leaves no trace in its history.
 */
export const recoverUpdate = 'recover';
export interface RecoverMessage { revision: number }
export interface Recovered { revision: number; restored: boolean }

/** Whether the workflow stands for a cluster that is not deregistered, and for this host of it where one is named. */
export const knowsQuery = 'knows';
export interface KnowsQuestion { hostId?: string }

export const explainQuery = 'explain';
