import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from '../host/model';
import type { HostStatus } from '../host/status';
import type { DomainSettings } from '../settings';
import { describePeers } from './peers';
import type { Step, StepBuilder } from './step';
import { buildApiVipConnectivityCheck as apiVip } from './steps/api-vip-connectivity-check';
import { buildConnectivityCheck as connectivity } from './steps/connectivity-check';
import { buildContainerImageAvailability as images } from './steps/container-image-availability';
import { buildDhcpLeaseAllocate as dhcp } from './steps/dhcp-lease-allocate';
import { buildExecuteLogs as logs } from './steps/execute-logs';
import { buildExecuteStop as stop } from './steps/execute-stop';
import { buildFreeNetworkAddresses as freeAddresses } from './steps/free-network-addresses';
import { buildInstall as install } from './steps/install';
import { buildInstallationDiskSpeedCheck as diskSpeed } from './steps/installation-disk-speed-check';
import { buildInventory as inventory } from './steps/inventory';
import { buildNtpSynchronizer as ntp } from './steps/ntp-synchronizer';
import { buildResetInstallation as reset } from './steps/reset-installation';

export interface NextSteps {
  nextInstructionSeconds: number;
  steps: Step[];
}

interface Plan {
  seconds: number;
  builders: readonly StepBuilder[];
}

const idle: Plan = { seconds: 60, builders: [] };

const plans: Partial<Record<HostStatus, Plan>> = {
  discovering: { seconds: 60, builders: [inventory] },
  'pending-for-input': { seconds: 60, builders: [inventory, connectivity, freeAddresses, dhcp, ntp] },
  insufficient: { seconds: 60, builders: [inventory, connectivity, freeAddresses, dhcp, ntp] },
  known: { seconds: 60, builders: [connectivity, freeAddresses, dhcp, inventory, ntp] },
  disconnected: { seconds: 120, builders: [inventory] },
  'preparing-for-installation': { seconds: 60, builders: [dhcp, diskSpeed, images] },
  installing: { seconds: 120, builders: [install, dhcp] },
  'installing-in-progress': { seconds: 60, builders: [inventory, dhcp] },
  disabled: { seconds: 120, builders: [] },
  resetting: { seconds: 120, builders: [reset] },
  error: { seconds: 120, builders: [logs, stop] },
  cancelled: { seconds: 120, builders: [logs, stop] },
};

const day2Plans: Partial<Record<HostStatus, Plan>> = {
  discovering: { seconds: 60, builders: [inventory, ntp] },
  'pending-for-input': { seconds: 60, builders: [inventory, connectivity, apiVip] },
  insufficient: { seconds: 60, builders: [inventory, connectivity, apiVip, ntp] },
  known: { seconds: 60, builders: [connectivity, apiVip, inventory, ntp] },
  disconnected: { seconds: 120, builders: [inventory] },
  installing: { seconds: 120, builders: [install] },
  'installing-in-progress': { seconds: 120, builders: [] },
  disabled: { seconds: 120, builders: [] },
  resetting: { seconds: 120, builders: [reset] },
  error: { seconds: 120, builders: [stop] },
  cancelled: { seconds: 120, builders: [stop] },
};

/**
 * What a host is to do next and after how many seconds it asks again. A step that can't be built is left out, as are the
 * disabled ones. Depends on the arguments alone, so that an answer holds until one of them changes.
 */
export function nextSteps(snapshot: ClusterSnapshot, host: Host, settings: DomainSettings, peers = describePeers(snapshot)): NextSteps {
  const { seconds, builders } = (host.kind === 'Host' ? plans : day2Plans)[host.status] ?? idle;
  const steps = builders.flatMap((build) => tryBuild(build, { snapshot, host, settings, peers }) ?? []);
  return { nextInstructionSeconds: seconds, steps: steps.filter((step) => !settings.agent.disabledSteps.includes(step.stepType)) };
}

/** The same for the hosts of one snapshot, by id; what their answers share is worked out once. Undefined for a host that is not there. */
export function createStepPlanner(snapshot: ClusterSnapshot, settings: DomainSettings): (hostId: string) => NextSteps | undefined {
  const hosts = new Map(snapshot.hosts.map((host) => [host.id, host]));
  const peers = describePeers(snapshot);
  return (hostId) => {
    const host = hosts.get(hostId);
    return host && nextSteps(snapshot, host, settings, peers);
  };
}

function tryBuild(build: StepBuilder, input: Parameters<StepBuilder>[0]): Step | undefined {
  try {
    return build(input);
  } catch {
    // A broken value of one step must not keep the host from the others.
    return undefined;
  }
}
