import type { HostRequirements } from '../../domain/hardware/host-requirements';
import type { OperatorRequirements } from '../../domain/hardware/operator-requirements';
import type { PreflightOfOperator, PreflightOfRole } from '../../domain/hardware/preflight-requirements';
import type { HardwareRequirements } from '../../domain/settings';
import type { PreflightRequirements } from '../../services/clusters/get-preflight-requirements';
import type {
  WireClusterHostRequirements, WireHostRequirementsRole, WireHostTypeRequirements, WirePreflightRequirements, WireRequirementsDetails,
} from '../schemas/hardware-requirements';
import { omitEmpty } from './wire-values';

/** The thresholds are shown even when they are 0: no lost packet is a requirement. */
const presentFigures = (figures: HardwareRequirements): WireRequirementsDetails => ({
  ...omitEmpty({
    cpu_cores: figures.cpuCores,
    ram_mib: figures.ramMib,
    disk_size_gb: figures.diskSizeGb,
    installation_disk_speed_threshold_ms: figures.diskSpeedThresholdMs,
  }),
  network_latency_threshold_ms: figures.networkLatencyThresholdMs,
  packet_loss_percentage: figures.packetLossPercentage,
});

const presentOperatorFigures = ({ cpuCores, ramMib }: OperatorRequirements): WireRequirementsDetails => omitEmpty({ cpu_cores: cpuCores, ram_mib: ramMib });

export const presentHostRequirements = ({ hostId, total, platform, operators }: HostRequirements): WireClusterHostRequirements => ({
  host_id: hostId,
  total: presentFigures(total),
  ocp: presentFigures(platform),
  operators: operators.map(({ operator, requirements }) => ({ operator_name: operator, requirements: presentOperatorFigures(requirements) })),
});

const presentPreflightRole = ({ figures, remarks }: PreflightOfRole<OperatorRequirements>): WireHostTypeRequirements => ({
  quantitative: presentOperatorFigures(figures),
  qualitative: remarks,
});

const presentPreflightOperator = ({ operator, dependencies, master, worker }: PreflightOfOperator) => ({
  operator_name: operator,
  dependencies: [...dependencies],
  requirements: { master: presentPreflightRole(master), worker: presentPreflightRole(worker) },
});

export const presentPreflight = ({ platform, operators }: PreflightRequirements): WirePreflightRequirements => ({
  ocp: { master: { quantitative: presentFigures(platform.master) }, worker: { quantitative: presentFigures(platform.worker) } },
  operators: operators.map(presentPreflightOperator),
});

export const presentRole = (figures: HardwareRequirements): WireHostRequirementsRole =>
  omitEmpty({
    cpu_cores: figures.cpuCores,
    ram_gib: Math.floor(figures.ramMib / 1024),
    disk_size_gb: figures.diskSizeGb,
    installation_disk_speed_threshold_ms: figures.diskSpeedThresholdMs,
  });
