import { createHash } from 'node:crypto';
import { saveHostFacts } from '../../db/save-host-facts';
import { factsHashBasis } from '../../domain/instructions/facts-hash-basis';
import { interpretStepReply, type StepReply } from '../../domain/instructions/step-reply';
import { stepResultSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { fromRefusal, NotFound } from '../errors';
import { cutText } from '../facts/cut-text';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';

/**
 * PostStepReply: what a host's agent found. Stored under a hash of its content; only a change is told to the workflow,
 * and any reply of a host that counts as disconnected.
 * Throws NotFound (no such host: 404 sends the agent to sleep, so only when it is true), Invalid for output that is not what the step gives.
 */
export async function reportStep(deps: AgentServiceDeps, clusterId: string, hostId: string, reply: StepReply): Promise<void> {
  const now = new Date();
  const changed = await withLockedCluster(deps, clusterId, async ({ tx, loaded, snapshot }) => {
    const host = snapshot.hosts.find((candidate) => candidate.id === hostId);
    const stored = loaded.hosts.find((candidate) => candidate.row.id === hostId);
    if (!host || !stored) throw new NotFound(`Host ${hostId} was not found in cluster ${clusterId}.`);
    const { patch, facts = [], refusal } = interpretStepReply(snapshot, host, { ...reply, error: cutText(reply.error) }, deps.settings);
    if (refusal) throw fromRefusal(refusal);
    const hash = patch && createHash('sha256').update(factsHashBasis(reply.stepType, patch, deps.settings.requirements)).digest('base64url');
    const known = hash === undefined || stored.facts?.hashes[reply.stepType] === hash;
    if (patch && hash !== undefined && !known) await saveHostFacts(tx, host, patch, { stepType: reply.stepType, hash }, now);
    if (known && facts.length === 0) return host.status === 'disconnected';
    await recordFacts(tx, clusterId, facts, now);
    return true;
  });
  if (changed) tellWorkflow(deps, clusterId, stepResultSignal, { hostId, stepType: reply.stepType });
}
