import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { evaluateCluster } from '../../../src/domain/cluster/evaluate';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { calculateMajorityGroups } from '../../../src/domain/network/majority-groups';
import { domainSettings } from '../../support/domain-settings';
import { createMeshedCluster } from '../domain/meshed-cluster';
import type { Measurement } from '../measurement';

/** Numbers of hosts with the goal of one evaluation in milliseconds. */
const sizes = [{ hosts: 3, goal: 1 }, { hosts: 10 }, { hosts: 50 }, { hosts: 100 }, { hosts: 250, goal: 50 }];
const growthFrom = 50;
const growthTo = 250;
const settings = domainSettings();
const mega = 1024 ** 2;

/** A fully meshed cluster in the states that matter: hosts that arrive all at once, all judged, and one fact that is new. */
interface Subject {
  arriving: ClusterSnapshot;
  settled: ClusterSnapshot;
  changed: ClusterSnapshot;
}

function makeSubject(hostCount: number, now: Date): Subject {
  const arriving = createMeshedCluster(hostCount, now, settings);
  const settled = evaluateCluster(arriving, now, settings).snapshot;
  if (hostCount >= 3 && settled.cluster.status !== 'ready') throw new Error(`the cluster of the benchmark is ${settled.cluster.status}: ${settled.cluster.validationsInfo}`);
  const hosts = settled.hosts.map((host, index) => (index > 0 || host.facts.inventory === undefined ? host : { ...host, facts: { ...host.facts, inventory: { ...host.facts.inventory, hostname: 'another-name' } } }));
  return { arriving, settled, changed: { ...settled, hosts } };
}

/** Median CPU time of a run in milliseconds, once the machine code is warm; other programs on the machine do not count. */
function medianMs(run: () => unknown): number {
  const times: number[] = [];
  const from = performance.now();
  while (times.length < 9 || performance.now() - from < 1_000) {
    const started = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1_000);
  }
  const warm = times.slice(Math.floor(times.length / 3)).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)] ?? NaN;
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const nLogN = (n: number): number => n * Math.log2(n);

/** Time and memory of evaluating one cluster, by its number of hosts. Needs no stack. */
export function measureDomain(): Promise<Measurement[]> {
  const now = new Date();
  const apart = new Map<number, number>();
  const results = sizes.flatMap(({ hosts, goal }): Measurement[] => {
    const before = heapAfterCollection();
    const subject = makeSubject(hosts, now);
    const heap = heapAfterCollection() - before;
    const evaluate = (snapshot: ClusterSnapshot): number => medianMs(() => evaluateCluster(snapshot, now, settings));
    const [changed, settled, arriving] = [evaluate(subject.changed), evaluate(subject.settled), evaluate(subject.arriving)];
    const connectivity = medianMs(() => calculateMajorityGroups(subject.settled));
    apart.set(hosts, evaluate(withoutConnectivity(subject.changed)));
    const note = `nothing changed ${settled.toFixed(2)}, all arrive at once ${arriving.toFixed(2)}; without connectivity ${(apart.get(hosts) ?? NaN).toFixed(2)}`;
    return [
      { name: `${hosts} hosts, one fact changed: evaluation`, value: changed, unit: 'ms', ...(goal === undefined ? {} : { goal }), note },
      { name: `${hosts} hosts: who reaches whom`, value: connectivity, unit: 'ms', note: `${hosts * (hosts - 1)} reports of one host on another` },
      ...(hosts < growthFrom ? [] : [{ name: `${hosts} hosts: the cluster in memory`, value: heap / mega, unit: 'MB' }]),
    ];
  });
  const growth = (apart.get(growthTo) ?? NaN) / (apart.get(growthFrom) ?? NaN);
  const allowed = Number((nLogN(growthTo) / nLogN(growthFrom)).toFixed(1));
  return Promise.resolve([...results, { name: `growth from ${growthFrom} to ${growthTo} hosts, without connectivity`, value: growth, unit: 'x', goal: allowed, note: 'the goal is that of n log n' }]);
}

/** The same cluster before any host has looked for the others. */
function withoutConnectivity(snapshot: ClusterSnapshot): ClusterSnapshot {
  const hosts = snapshot.hosts.map((host) => {
    const { connectivity: _connectivity, ...facts } = host.facts;
    return { ...host, facts };
  });
  return { ...snapshot, hosts };
}
