import { Context } from '@temporalio/activity';
import type { DnsOrder, SubscriptionPush, RefreshRequest, RestoreRequest } from './contract';
import type { ActivityControl } from './control';
import type { ActivityDeps } from './deps';
import { buildImage, type ImageRequest } from './build-image';
import { createDnsRecords, removeDnsRecords } from './dns-records';
import { toFailure } from './failures';
import { prepareArtefacts } from './prepare-artefacts';
import { makeMinimalTemplate, publishBaseImage } from './publish-base-image';
import { purgeCluster } from './purge-cluster';
import { pushSubscription } from './push-subscription';
import { refreshCluster } from './refresh-cluster';
import { removeImage, removeInstallation } from './remove-objects';
import { reserveSubscription } from './reserve-subscription';
import { restoreCluster } from './restore-cluster';
import { storeHostIgnitions } from './store-host-ignitions';
import { buildServiceImage, discardServiceImageRequest, removeServiceImage, type ServiceImageOrder } from './service-image';
import { storeState } from './store-state';
import { sweep } from './sweep';

/** How often a long activity says that it still works; the heartbeat time-outs of workflows/policies.ts are a multiple of it. */
const heartbeatMs = 2_000;

/** Runs a long activity with heartbeats and the cancellation of its context. */
async function controlled<T>(run: (control: ActivityControl) => Promise<T>): Promise<T> {
  const context = Context.current();
  let progress: string | undefined;
  const timer = setInterval(() => context.heartbeat(progress), heartbeatMs);
  try {
    return await run({
      signal: context.cancellationSignal,
      heartbeat: (text) => {
        progress = text;
        context.heartbeat(text);
      },
    });
  } finally {
    clearInterval(timer);
  }
}

/** Lets out only failures that may stand in a workflow's history. */
function guarded<Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      throw toFailure(error);
    }
  };
}

/** The activities of all task queues, bound to the outside world. Workflows import only the type. */
export function createActivities(deps: ActivityDeps) {
  return {
    refreshCluster: guarded((request: RefreshRequest) => refreshCluster(deps, request, Context.current().cancellationSignal)),
    reserveSubscription: guarded((request: { clusterId: string; intentId: string }) => reserveSubscription(deps, request, Context.current().cancellationSignal)),
    pushSubscription: guarded((push: SubscriptionPush) => pushSubscription(deps, push, Context.current().cancellationSignal)),
    prepareArtefacts: guarded((request: { clusterId: string }) => controlled((control) => prepareArtefacts(deps, request, control))),
    createDnsRecords: guarded((order: DnsOrder) => controlled((control) => createDnsRecords(deps, order, Context.current().info.attempt, control.signal))),
    removeDnsRecords: guarded((order: Pick<DnsOrder, 'clusterId' | 'own'>) => removeDnsRecords(deps, order, Context.current().cancellationSignal)),
    buildImage: guarded((request: ImageRequest) => controlled((control) => buildImage(deps, request, control))),
    storeHostIgnitions: guarded((request: { clusterId: string; hostIds: string[] }) => storeHostIgnitions(deps, request)),
    storeState: guarded((request: { clusterId: string; revision: number }) => storeState(deps, request, Context.current().cancellationSignal)),
    restoreCluster: guarded((request: RestoreRequest) => restoreCluster(deps, request, Context.current().cancellationSignal)),
    removeImage: guarded((request: { clusterId: string }) => removeImage(deps, request)),
    removeInstallation: guarded((request: { clusterId: string }) => removeInstallation(deps, request)),
    purgeCluster: guarded((request: { clusterId: string }) => purgeCluster(deps, request)),
    publishBaseImage: guarded((request: { rhcosVersion: string }) => controlled((control) => publishBaseImage(deps, request, control))),
    makeMinimalTemplate: guarded((request: { rhcosVersion: string }) => controlled((control) => makeMinimalTemplate(deps, request, control))),
    buildServiceImage: guarded((order: ServiceImageOrder) => controlled((control) => buildServiceImage(deps, order, control))),
    discardServiceImageRequest: guarded((order: ServiceImageOrder) => discardServiceImageRequest(deps, order)),
    removeServiceImage: guarded((request: { userName: string }) => removeServiceImage(deps, request)),
    sweep: guarded(() => controlled((control) => sweep(deps, control))),
  };
}
export type Activities = ReturnType<typeof createActivities>;
