import { randomBytes } from 'node:crypto';
import { removeCluster } from '../install-test/remove-cluster';
import type { Target } from '../install-test/target';
import { createUserApi } from '../install-test/user-api';
import { ClusterWatch } from './cluster-watch';
import type { FleetOptions } from './options';
import { createPatientFetch } from './patient-fetch';
import { playCluster, type FleetRun } from './play-cluster';
import { Tally } from './tally';

const summaryMs = 5_000;
const lookMs = 1_000;
const leftoversMs = 120_000;

/** Plays all clusters, so many at a time, and says now and then how they are; what came of them. Nothing of them stays. */
export async function runFleet(options: FleetOptions, target: Target, print: (line: string) => void, signal: AbortSignal): Promise<Tally> {
  const tally = new Tally();
  const access = { url: target.url, token: target.token, fetch: createPatientFetch(tally.count(target.fetch ?? fetch)) };
  const userApi: FleetRun['userApi'] = (until) => createUserApi(access, until);
  const run: FleetRun = { options, target, tally, userApi, signal, watch: new ClusterWatch(() => userApi(signal).list(), lookMs) };
  const names = `fleet-${randomBytes(3).toString('hex')}`;
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < options.clusters && !signal.aborted; index = next++) {
      const choice = options.profiles[index % options.profiles.length];
      if (choice) await playCluster(run, `${names}-${index}`, choice);
    }
  };
  const summaries = setInterval(() => print(tally.summary()), summaryMs);
  try {
    await Promise.all(Array.from({ length: Math.min(options.parallel, options.clusters) }, worker));
    await removeLeftovers(run, `${names}-`);
  } finally {
    clearInterval(summaries);
  }
  return tally;
}

/** A registration that was interrupted may have made a cluster without telling its id. */
async function removeLeftovers({ userApi, tally }: FleetRun, prefix: string): Promise<void> {
  const signal = AbortSignal.timeout(leftoversMs);
  const api = userApi(signal);
  try {
    const left = (await api.list()).filter(({ name }) => name?.startsWith(prefix));
    await Promise.all(left.map(({ id }) => removeCluster(api, id, signal)));
  } catch (error) {
    tally.leftovers = `clusters named ${prefix}* may be left: ${error instanceof Error ? error.message : String(error)}`;
  }
}
