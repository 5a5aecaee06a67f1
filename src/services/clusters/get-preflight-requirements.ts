import { requirementsOfVersion } from '../../domain/hardware/platform-requirements';
import { figuresByRole, preflightOfOperators, type PreflightOfOperator } from '../../domain/hardware/preflight-requirements';
import type { HardwareRequirements } from '../../domain/settings';
import type { ServiceDeps } from '../deps';
import { loadLiveSnapshot } from './load-live-snapshot';

export interface PreflightRequirements {
  platform: { master: HardwareRequirements; worker: HardwareRequirements };
  /** Those that the cluster could have, selected or not. */
  operators: PreflightOfOperator[];
}

/** What hosts of a cluster will have to have, told before they are known. Throws NotFound. */
export async function getPreflightRequirements(deps: Pick<ServiceDeps, 'db' | 'settings'>, clusterId: string): Promise<PreflightRequirements> {
  const { cluster } = await loadLiveSnapshot(deps, clusterId);
  const versioned = requirementsOfVersion(cluster.openshiftVersion, deps.settings);
  return { platform: figuresByRole(versioned, cluster.highAvailabilityMode === 'None'), operators: preflightOfOperators() };
}
