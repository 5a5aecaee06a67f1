import { gzipSync } from 'node:zlib';
import type { NewCluster, OperatorState } from '../../agent/protocol/controller/new-cluster';
import type { MachineFacts } from '../machine/machine-facts';

/** The new cluster of simulated machines. */
export interface SimulatedCluster extends NewCluster {
  /** A machine has restarted from its disk: it becomes a node. */
  addMachine(machine: MachineFacts): void;
}

/** The look at which a machine is a node: by then the service has been told that it fetched its ignition, at the next it is ready. */
const looksToAppear = 3;

const available = (info: string): OperatorState => ({ status: 'available', status_info: info });

/**
 * A cluster that comes up as fast as it is looked at: with the looks at the nodes a machine that has restarted fetches its ignition,
 * becomes a node, and is ready. Its operators work towards their end at the first look and have arrived at the next.
 */
export function createSimulatedCluster(ingressCa: string): SimulatedCluster {
  const looks = new Map<MachineFacts, number>();
  const seenOperators = new Set<string>();
  const arrives = (name: string, progressing: string, arrived: string): OperatorState => {
    if (seenOperators.has(name)) return available(arrived);
    seenOperators.add(name);
    return { status: 'progressing', status_info: progressing };
  };
  return {
    addMachine: (machine) => void looks.set(machine, 0),
    listNodes: async () => {
      for (const [machine, count] of looks) looks.set(machine, count + 1);
      return [...looks].filter(([, count]) => count >= looksToAppear).map(([{ hostname, address }, count]) => ({ name: hostname, addresses: [address], ready: count > looksToAppear }));
    },
    readIgnitionLogs: async () => [...looks.keys()].map(({ address }) => `Pool requested by address:"${address}:33588" User-Agent:"Ignition/2.9.0"`).join('\n'),
    approveCertificates: async () => [],
    findOperator: async () => available('All is well'),
    findClusterVersion: async () => arrives('cvo', 'Working towards the release: 80% complete', 'The release is applied'),
    findOlmOperator: async ({ name }) => arrives(name, 'InstallWaiting', 'InstallSucceeded'),
    findIngressCa: async () => ingressCa,
    restoreEtcdQuorum: async () => undefined,
    settleBareMetalHosts: async () => [],
    freeDnsAddress: async () => true,
    applyManifests: async () => undefined,
    collectLogs: async () => new Blob([gzipSync('logs of the simulated controller\n')], { type: 'application/gzip' }),
  };
}
