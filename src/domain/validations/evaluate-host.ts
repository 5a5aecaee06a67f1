import type { Host } from '../host/model';
import type { HostStage } from '../host/stage';
import type { ValidationContext } from './context';
import { apiVipConnected } from './host/api-vip-connected';
import { belongsToMachineCidr } from './host/belongs-to-machine-cidr';
import { belongsToMajorityGroup } from './host/belongs-to-majority-group';
import { cnvRequirementsSatisfied } from './host/cnv-requirements-satisfied';
import { connected } from './host/connected';
import { containerImagesAvailable } from './host/container-images-available';
import { hasCpuCoresForRole } from './host/has-cpu-cores-for-role';
import { hasInventory } from './host/has-inventory';
import { hasMemoryForRole } from './host/has-memory-for-role';
import { hasMinCpuCores } from './host/has-min-cpu-cores';
import { hasMinMemory } from './host/has-min-memory';
import { hasMinValidDisks } from './host/has-min-valid-disks';
import { hostnameUnique } from './host/hostname-unique';
import { hostnameValid } from './host/hostname-valid';
import { lsoRequirementsSatisfied } from './host/lso-requirements-satisfied';
import { machineCidrDefined } from './host/machine-cidr-defined';
import { ntpSynced } from './host/ntp-synced';
import { ocsRequirementsSatisfied } from './host/ocs-requirements-satisfied';
import { sufficientInstallationDiskSpeed } from './host/sufficient-installation-disk-speed';
import { sufficientNetworkLatencyRequirementForRole } from './host/sufficient-network-latency-requirement-for-role';
import { sufficientPacketLossRequirementForRole } from './host/sufficient-packet-loss-requirement-for-role';
import { validPlatform } from './host/valid-platform';
import type { ValidationResult, ValidationsInfo } from './result';
import type { HostCategory, HostValidation } from './validation';

/** In the order in which the results are listed within their category; operators by id. */
export const hostValidations: readonly HostValidation[] = [
  connected, hasInventory, hasMinCpuCores, hasMinValidDisks, hasMinMemory, machineCidrDefined, hasCpuCoresForRole,
  hasMemoryForRole, hostnameUnique, hostnameValid, belongsToMachineCidr, apiVipConnected, belongsToMajorityGroup,
  validPlatform, ntpSynced, containerImagesAvailable, sufficientInstallationDiskSpeed,
  sufficientNetworkLatencyRequirementForRole, sufficientPacketLossRequirementForRole,
  cnvRequirementsSatisfied, lsoRequirementsSatisfied, ocsRequirementsSatisfied,
];

const categories: readonly HostCategory[] = ['hardware', 'network', 'operators'];

const rebooted: readonly (HostStage | '')[] = ['Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done'];
const saidByAgent = ['connected', 'ntp-synced'];

/** All validations of a host by category. What only a running agent can tell is left out once the host has rebooted from its disk. */
export function evaluateHostValidations(ctx: ValidationContext, host: Host): ValidationsInfo {
  const results: Record<HostCategory, ValidationResult[]> = { hardware: [], network: [], operators: [] };
  for (const validation of hostValidations) {
    if (rebooted.includes(host.stage) && saidByAgent.includes(validation.id)) continue;
    results[validation.category].push(evaluate(validation, ctx, host));
  }
  return Object.fromEntries(categories.map((category) => [category, results[category]]));
}

function evaluate(validation: HostValidation, ctx: ValidationContext, host: Host): ValidationResult {
  if (ctx.settings.disabledHostValidations.includes(validation.id)) {
    return { id: validation.id, status: 'disabled', message: 'The validation is switched off by configuration' };
  }
  const { status, message } = validation.evaluate(ctx, host);
  return { id: validation.id, status, message };
}
