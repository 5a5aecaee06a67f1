import type { ConnectivityReport, HostFacts } from '../host/facts';
import { defaultRequirements } from '../hardware/default-requirements';
import type { Inventory } from '../host/inventory';
import type { StepType } from '../host/step-type';
import type { HardwareRequirements, VersionedRequirements } from '../settings';
import { canonicalJson } from './canonical-json';

/**
 * The part of a reply whose change must be looked at, as canonical JSON: hashed by the caller and compared with the last
 * one. Left out is what moves on its own: clock, usable memory and SMART data of an inventory; of a connectivity report
 * the figures, of which only the side of each threshold in use counts.
 */
export function factsHashBasis(stepType: StepType, patch: Partial<HostFacts>, requirements: readonly VersionedRequirements[] = defaultRequirements): string {
  if (stepType === 'inventory' && patch.inventory !== undefined) return canonicalJson(steadyInventory(patch.inventory));
  if (stepType === 'connectivity-check' && patch.connectivity !== undefined) return canonicalJson(steadyConnectivity(patch.connectivity, requirements));
  return canonicalJson(patch);
}

function steadyInventory({ timestamp: _timestamp, memory, disks, ...rest }: Inventory): unknown {
  return {
    ...rest,
    memory: memory === undefined ? undefined : { physical_bytes: memory.physical_bytes },
    disks: disks?.map(({ smart: _smart, ...disk }) => disk),
  };
}

function steadyConnectivity({ remote_hosts: remotes = [] }: ConnectivityReport, requirements: readonly VersionedRequirements[]): unknown {
  const latencies = thresholds(requirements, ({ networkLatencyThresholdMs }) => networkLatencyThresholdMs);
  const losses = thresholds(requirements, ({ packetLossPercentage }) => packetLossPercentage);
  return remotes.map((remote) => ({
    ...remote,
    l3_connectivity: remote.l3_connectivity?.map(({ average_rtt_ms: rtt = 0, packet_loss_percentage: loss = 0, ...entry }) => ({
      ...entry,
      slowerThan: latencies.map((limit) => rtt > limit),
      lossierThan: losses.map((limit) => loss > limit),
    })),
  }));
}

/** Every value a threshold has for some role of some version, ascending. */
function thresholds(requirements: readonly VersionedRequirements[], pick: (role: HardwareRequirements) => number): number[] {
  return [...new Set(requirements.flatMap(({ master, worker, sno }) => [master, worker, sno].map(pick)))].sort((a, b) => a - b);
}
