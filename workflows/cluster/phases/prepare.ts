import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation, patched } from '@temporalio/workflow';
import type { DnsRecord } from '../../../src/domain/dns/dns-record';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';
import { createDnsRecords } from './dns-records';

/** Preparation of one cluster: at most one generation of artefacts at a time, cancelled when the cluster leaves the phase. */
export class Preparation {
  #running: { scope: CancellationScope; installation: number } | null = null;

  /** Follows the state: begins when the preparation is asked for, stops when the cluster is not preparing it any more. */
  follow(manager: ClusterManager): void {
    const preparing = manager.state.status === 'preparing-for-installation' && manager.state.deregisteredAt === null;
    if (this.#running) {
      if (!preparing || this.#running.installation !== manager.installations) this.#running.scope.cancel();
      return;
    }
    if (!preparing || !manager.duties.includes('prepare')) return;
    // 2026-11-21: runs begun before prepared once more when a refresh was under way at the end. To be removed when no run is older than four weeks.
    if (endIsUntold(manager) && patched('prepare-once')) return;
    const scope = new CancellationScope();
    this.#running = { scope, installation: manager.installations };
    const dnsRecords = manager.plannedDns;
    manager.runIo(async () => {
      try {
        await scope.run(() => prepare(manager, scope, dnsRecords));
      } finally {
        this.#running = null;
      }
    });
  }
}

/** The preparation has ended, and no refresh has applied that yet: what the last one asked for is out of date. */
const endIsUntold = ({ outcomes }: ClusterManager): boolean => outcomes.some(({ outcome: { kind } }) => kind === 'prepared' || kind === 'preparationFailed');

async function prepare(manager: ClusterManager, scope: CancellationScope, dnsRecords: DnsRecord[]): Promise<void> {
  try {
    const { openshiftClusterId } = await activities.prepareArtefacts.executeWithOptions({ summary: 'generate the installation artefacts' }, [{ clusterId: manager.state.clusterId }]);
    if (!scope.consideredCancelled) await createDnsRecords(manager, dnsRecords);
    // What was finished in spite of the cancellation was made for an installation that is over: a later one needs its own.
    if (scope.consideredCancelled) manager.dirty = true;
    else manager.bring({ kind: 'prepared', openshiftClusterId });
  } catch (error) {
    if (scope.consideredCancelled || isCancellation(error)) {
      manager.dirty = true;
      return;
    }
    if (!(error instanceof ActivityFailure)) throw error;
    manager.bring({ kind: 'preparationFailed', reason: reasonOf(error) });
  }
}

/** Of an activity that was retried until its time was over, the server tells the last failure, as the cause or behind it. */
function reasonOf({ activityType, cause }: ActivityFailure): string {
  const last = [cause, cause?.cause].find((failure) => failure instanceof ApplicationFailure);
  if (activityType === 'createDnsRecords') return `the DNS records could not be made: ${last?.message ?? 'that took too long'}`;
  return last?.message ?? 'the artefacts could not be generated in time';
}
