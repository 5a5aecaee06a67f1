import { ApplicationFailure, defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import type { IntentAftermath } from '../../activities/contract';
import { explain, type Explanation } from './explain';
import { eraseCluster } from './phases/erase';
import { recover, refuseRecovery } from './phases/recover';
import type { ClusterManager, UpdateResult } from './manager';
import {
  clusterUpdates, eraseUpdate, explainQuery, factsChangedSignal, hostProgressSignal, hostRegisteredSignal, installHostsUpdate, knowsQuery, recoverUpdate, registerAddHostsUpdate, registerUpdate, stepResultSignal,
  type ClusterUpdate, type FactsChanged, type HostProgress, type HostRegistered, type IntentApplied, type IntentMessage, type KnowsQuestion, type Recovered, type RecoverMessage, type StepResult,
} from './messages';

/** Binds signals, updates and the query. Handlers run no activities: they leave word for the main loop. */
export function bindHandlers(manager: ClusterManager): void {
  setHandler(defineSignal<[HostRegistered]>(hostRegisteredSignal), ({ hostId }) => manager.notice(`${manager.nameOf(hostId)} registered`));
  setHandler(defineSignal<[StepResult]>(stepResultSignal), ({ hostId, stepType }) => manager.notice(`${stepType} of ${manager.nameOf(hostId)}`));
  setHandler(defineSignal<[HostProgress]>(hostProgressSignal), ({ hostId, stage }) => manager.notice(`${manager.nameOf(hostId)}: ${stage}`));
  setHandler(defineSignal<[FactsChanged]>(factsChangedSignal), ({ what }) => manager.notice(what));
  for (const update of clusterUpdates) {
    setHandler(defineUpdate<IntentApplied, [IntentMessage]>(update), (message) => handle(manager, update, message), {
      validator: (message: IntentMessage) => refuseByState(manager, update, message),
    });
  }
  setHandler(defineUpdate<void, []>(eraseUpdate), () => eraseCluster(manager));
  setHandler(defineUpdate<Recovered, [RecoverMessage]>(recoverUpdate), () => recover(manager), { validator: (message: RecoverMessage) => refuseRecovery(manager, message) });
  setHandler(defineQuery<boolean, [KnowsQuestion]>(knowsQuery), ({ hostId }) => knows(manager, hostId));
  setHandler(defineQuery<Explanation>(explainQuery), () => explain(manager));
}

function knows({ state }: ClusterManager, hostId: string | undefined): boolean {
  const isThere = state.registered && state.deregisteredAt === null;
  return isThere && (hostId === undefined || state.hosts.some(({ id }) => id === hostId));
}

/** Looks only at what the workflow carries; everything that needs facts is refused by the main loop. */
function refuseByState(manager: ClusterManager, update: ClusterUpdate, message: IntentMessage): void {
  if (!message.intentId) throw ApplicationFailure.nonRetryable(`The update ${update} must name a stored intent.`, 'Invalid');
  if (manager.state.deregisteredAt !== null) {
    throw ApplicationFailure.nonRetryable(`Cluster ${manager.state.clusterId} is not there: it was deregistered.`, 'NotFound');
  }
  if (!manager.state.registered && update !== registerUpdate && update !== registerAddHostsUpdate) {
    throw ApplicationFailure.nonRetryable(`Cluster ${manager.state.clusterId} is not registered.`, 'NotFound');
  }
}

async function handle(manager: ClusterManager, update: ClusterUpdate, message: IntentMessage): Promise<IntentApplied> {
  const { result, followUp } = await manager.submit(update, message);
  const { image, installHosts } = applied(result);
  if (image || installHosts) {
    const followed = await followUp();
    // Of many hosts those that can be are installed; events tell of the others.
    const isPartial = update === installHostsUpdate && !followed.done && followed.type === 'Conflict';
    if (!followed.done && !isPartial) throw ApplicationFailure.nonRetryable(followed.reason, followed.type);
  }
  return { revision: manager.state.revision };
}

function applied(result: UpdateResult): IntentAftermath {
  if (result === 'unavailable') throw ApplicationFailure.nonRetryable('The database did not answer; nothing was applied.', 'Unavailable');
  if (!result.applied) throw ApplicationFailure.nonRetryable(result.refusal.reason, result.refusal.type);
  return result;
}
