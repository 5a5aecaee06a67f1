import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { evaluateCluster } from '../../../src/domain/cluster/evaluate';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { calculateMajorityGroups } from '../../../src/domain/network/majority-groups';
import { domainSettings } from '../../support/domain-settings';
import { createMeshedCluster } from '../domain/meshed-cluster';
import { timeInTurns, timeRuns } from '../domain/time-runs';
import type { Measurement } from '../measurement';

/** Numbers of hosts with the goal of one evaluation in milliseconds. */
const sizes = [{ hosts: 3, goal: 1 }, { hosts: 10 }, { hosts: 50 }, { hosts: 100 }, { hosts: 250, goal: 50 }];
const growthFrom = 50;
const growthTo = 250;
const growthRounds = 40;
const settings = domainSettings();
const mega = 1024 ** 2;
const now = new Date();

/** A fully meshed cluster in the states that matter. */
interface Subject {
  /** Hosts that arrive all at once. */
  arriving: ClusterSnapshot;
  /** All hosts judged. */
  settled: ClusterSnapshot;
  /** One fact is new. */
  changed: ClusterSnapshot;
  /** All hosts have lost what they knew of each other, so each of them changes, and nothing is left that grows with the square of their number. */
  apart: ClusterSnapshot;
}

function makeSubject(hostCount: number): Subject {
  const arriving = createMeshedCluster(hostCount, now, settings);
  const settled = evaluateCluster(arriving, now, settings).snapshot;
  if (hostCount >= 3 && settled.cluster.status !== 'ready') throw new Error(`the cluster of the benchmark is ${settled.cluster.status}: ${settled.cluster.validationsInfo}`);
  const hosts = settled.hosts.map((host, index) => (index > 0 || host.facts.inventory === undefined ? host : { ...host, facts: { ...host.facts, inventory: { ...host.facts.inventory, hostname: 'another-name' } } }));
  return { arriving, settled, changed: { ...settled, hosts }, apart: withoutConnectivity(settled) };
}

/** The same cluster before any host has looked for the others. */
function withoutConnectivity(snapshot: ClusterSnapshot): ClusterSnapshot {
  const hosts = snapshot.hosts.map((host) => {
    const { connectivity: _connectivity, ...facts } = host.facts;
    return { ...host, facts };
  });
  return { ...snapshot, hosts };
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const evaluate = (snapshot: ClusterSnapshot) => (): unknown => evaluateCluster(snapshot, now, settings);
const nLogN = (n: number): number => n * Math.log2(n);
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

async function measureSize({ hosts, goal }: (typeof sizes)[number], subjects: Map<number, Subject>): Promise<Measurement[]> {
  const before = heapAfterCollection();
  const subject = makeSubject(hosts);
  const heap = heapAfterCollection() - before;
  subjects.set(hosts, subject);
  const changed = await timeRuns(evaluate(subject.changed));
  const settled = await timeRuns(evaluate(subject.settled));
  const arriving = await timeRuns(evaluate(subject.arriving));
  const apart = await timeRuns(evaluate(subject.apart));
  const connectivity = await timeRuns(() => calculateMajorityGroups(subject.settled));
  const note = [
    `nothing changed ${settled.medianMs.toFixed(2)}, all arrive at once ${arriving.medianMs.toFixed(2)}`,
    `without connectivity, all change ${apart.medianMs.toFixed(2)}`,
    `${changed.runs} runs, ${percent(changed.collecting)} of the time collecting garbage`,
  ].join('; ');
  return [
    { name: `${hosts} hosts, one fact changed: evaluation`, value: changed.medianMs, unit: 'ms', ...(goal === undefined ? {} : { goal }), note },
    { name: `${hosts} hosts: who reaches whom`, value: connectivity.medianMs, unit: 'ms', note: `${hosts * (hosts - 1)} reports of one host on another` },
    ...(hosts < growthFrom ? [] : [{ name: `${hosts} hosts: the cluster in memory`, value: heap / mega, unit: 'MB' }]),
  ];
}

function measureGrowth(subjects: ReadonlyMap<number, Subject>): Measurement {
  const run = (hosts: number): (() => unknown) => {
    const subject = subjects.get(hosts);
    if (subject === undefined) throw new Error(`a cluster of ${hosts} hosts was not measured`);
    return evaluate(subject.apart);
  };
  const [small = NaN, large = NaN] = timeInTurns(growthRounds, [{ run: run(growthFrom), times: growthTo / growthFrom }, { run: run(growthTo), times: 1 }]);
  const allowed = Number((nLogN(growthTo) / nLogN(growthFrom)).toFixed(1));
  const note = `${small.toFixed(2)} and ${large.toFixed(2)} ms, measured in turns; the goal is n log n, ${growthTo / growthFrom} is linear`;
  return { name: `growth from ${growthFrom} to ${growthTo} hosts, without connectivity`, value: large / small, unit: 'x', goal: allowed, note };
}

/** CPU time and memory of evaluating one cluster, by its number of hosts. Needs no stack. */
export async function measureDomain(): Promise<Measurement[]> {
  const subjects = new Map<number, Subject>();
  const results: Measurement[] = [];
  for (const size of sizes) results.push(...(await measureSize(size, subjects)));
  return [...results, measureGrowth(subjects)];
}
