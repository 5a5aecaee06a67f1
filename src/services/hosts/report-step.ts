import { createHash } from 'node:crypto';
import { readSnapshot } from '../../db/read-snapshot';
import { saveHostFacts } from '../../db/save-host-facts';
import type { Host } from '../../domain/host/model';
import { factsHashBasis } from '../../domain/instructions/facts-hash-basis';
import type { Measure } from '../../domain/metrics/measure';
import { interpretStepReply, type StepOutcome, type StepReply } from '../../domain/instructions/step-reply';
import { stepResultSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { fromRefusal, NotFound } from '../errors';
import { cutText } from '../facts/cut-text';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster, type LockedCluster } from '../facts/with-cluster';

/** What a reply means for its host as it is now. */
function interpret(deps: AgentServiceDeps, hostId: string, { loaded, snapshot }: Pick<LockedCluster, 'loaded' | 'snapshot'>, reply: StepReply): StepOutcome & { host: Host; hash: string | undefined; isNew: boolean } {
  const [host] = snapshot.hosts;
  const [stored] = loaded.hosts;
  if (!host || !stored) throw new NotFound(`Host ${hostId} was not found in cluster ${loaded.row.id}.`);
  const outcome = interpretStepReply(snapshot, host, { ...reply, error: cutText(reply.error) }, deps.settings);
  const { patch, facts = [] } = outcome;
  const hash = patch && createHash('sha256').update(factsHashBasis(reply.stepType, patch, deps.settings.requirements)).digest('base64url');
  const isKnown = hash === undefined || stored.facts?.hashes[reply.stepType] === hash;
  return { ...outcome, host, hash: isKnown ? undefined : hash, isNew: !isKnown || facts.length > 0 };
}

/**
 * Whether a reply only says again what is known, as most do: seen without the cluster's lock, for which all its agents would wait.
 * Undefined where it may not; the lock decides then.
 */
async function findKnownReply(deps: AgentServiceDeps, clusterId: string, hostId: string, reply: StepReply): Promise<Host | undefined> {
  const loaded = await readSnapshot(deps.db, clusterId, { id: hostId });
  if (!loaded || loaded.row.deletedAt !== null || loaded.hosts.length === 0) return undefined;
  const { host, isNew, refusal } = interpret(deps, hostId, { loaded, snapshot: loaded.snapshot }, reply);
  return isNew || refusal ? undefined : host;
}

/**
 * PostStepReply: what a host's agent found. Stored under a hash of its content; only a change is told to the workflow,
 * and any reply of a host that counts as disconnected.
 * Throws NotFound (no such host: 404 sends the agent to sleep, so only when it is true), Invalid for output that is not what the step gives.
 */
export async function reportStep(deps: AgentServiceDeps, clusterId: string, hostId: string, reply: StepReply): Promise<void> {
  const known = await findKnownReply(deps, clusterId, hostId, reply);
  const isTold = known ? known.status === 'disconnected' : await recordReply(deps, clusterId, hostId, reply);
  if (isTold) tellWorkflow(deps, clusterId, stepResultSignal, { hostId, stepType: reply.stepType });
}

/** @returns whether the workflow has to be told */
async function recordReply(deps: AgentServiceDeps, clusterId: string, hostId: string, reply: StepReply): Promise<boolean> {
  const now = new Date();
  let counted: readonly Measure[] = [];
  const isTold = await withLockedCluster(deps, { clusterId, hostId }, async ({ tx, loaded, snapshot, versions }) => {
    const { patch, facts = [], refusal, host, hash, isNew, measures = [] } = interpret(deps, hostId, { loaded, snapshot }, reply);
    if (refusal) throw fromRefusal(refusal);
    counted = hash === undefined ? [] : measures;
    if (patch && hash !== undefined) await saveHostFacts(tx, host, patch, { stepType: reply.stepType, hash }, now);
    if (!isNew) return host.status === 'disconnected';
    return recordFacts(tx, versions, facts, now);
  });
  deps.metrics.record(counted);
  return isTold;
}
