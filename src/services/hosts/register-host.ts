import { forgetInventory, insertHost } from '../../db/insert-host';
import { draftEvent } from '../../domain/events/draft-event';
import { createHost } from '../../domain/host/create-host';
import { decideHostRegistration } from '../../domain/host/decide-registration';
import { findRegistrationRule } from '../../domain/host/registration-transitions';
import { nextStepRunnerCommand, type RunnerCommand } from '../../domain/instructions/registration-command';
import { isRefusal } from '../../domain/refusal';
import { hostRegisteredSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import type { HostView } from '../clusters/cluster-view';
import { fromRefusal, NotFound, ServiceError } from '../errors';
import { noteEvent } from '../events/note-event';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';

export interface HostRegistration {
  /** Owner of the cluster. */
  userName: string;
  /** As for a new host: what is known of one that registers again follows from its workflow. */
  view: HostView;
  command: RunnerCommand;
}

const nothingReported: HostView['reported'] = { inventory: '', connectivity: '', freeAddresses: '', ntpSources: '', apiVipConnectivity: '', disksInfo: '', imagesStatus: '' };

/**
 * RegisterHost: a machine that booted the discovery image introduces itself, or does so again.
 * Throws NotFound, Conflict (the cluster takes no hosts now), Forbidden (it booted from the wrong medium again) and Invalid.
 */
export async function registerHost(deps: AgentServiceDeps, clusterId: string, request: { hostId: string; discoveryAgentVersion: string }): Promise<HostRegistration> {
  const now = new Date();
  const { isToTell, ...registration } = await store(deps, clusterId, request, now).catch(async (error: unknown) => {
    if (!(error instanceof NotFound)) await noteFailure(deps, clusterId, request.hostId, error, now);
    throw error;
  });
  if (isToTell) tellWorkflow(deps, clusterId, hostRegisteredSignal, { hostId: request.hostId });
  return { ...registration, command: nextStepRunnerCommand(clusterId, request.hostId, deps.settings) };
}

/** An agent that is refused tries again and again: the same reason is the same event. */
async function noteFailure(deps: AgentServiceDeps, clusterId: string, hostId: string, error: unknown, at: Date): Promise<void> {
  const isRefused = error instanceof ServiceError;
  const reason = isRefused ? error.message : 'the properties of the host could not be stored';
  const obstacle = !isRefused ? 'properties' : error.kind === 'Conflict' ? 'not accepting' : 'state';
  await noteEvent(deps, draftEvent('host_register_failed', { host: hostId, obstacle, reason }, { clusterId, hostId, cause: `${obstacle}:${reason.slice(0, 200)}`, at }));
}

function store(deps: AgentServiceDeps, clusterId: string, request: { hostId: string; discoveryAgentVersion: string }, now: Date): Promise<Omit<HostRegistration, 'command'> & { isToTell: boolean }> {
  return withLockedCluster(deps, { clusterId, hostId: request.hostId }, async ({ tx, snapshot, versions }) => {
    const decision = decideHostRegistration(snapshot, request.hostId);
    if (isRefusal(decision)) throw fromRefusal(decision);
    const known = snapshot.hosts.find((candidate) => candidate.id === request.hostId);
    const host = createHost(snapshot, request.hostId, request.discoveryAgentVersion, now);
    if (!known) await insertHost(tx, host, now);
    else if (findRegistrationRule(known)?.to === 'discovering') await forgetInventory(tx, known, now);
    const isToTell = await recordFacts(tx, versions, [{ kind: 'hostRegistered', ...request, isNew: decision.isNew }], now);
    return { isToTell, userName: snapshot.cluster.userName, view: { host, reported: nothingReported, updatedAt: now, deletedAt: null } };
  });
}
