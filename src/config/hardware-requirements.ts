import { z } from 'zod';
import { hostValidations } from '../domain/validations/evaluate-host';
import type { HardwareRequirements, VersionedRequirements } from '../domain/settings';

const amount = z.number().int().min(0);

/** Requirements of one role, by the names the API shows them under. */
const role = z.strictObject({
  cpu_cores: amount,
  ram_mib: amount,
  disk_size_gb: amount,
  installation_disk_speed_threshold_ms: amount,
  network_latency_threshold_ms: z.number().min(0),
  packet_loss_percentage: z.number().min(0).max(100),
}).transform((given): HardwareRequirements => ({
  cpuCores: given.cpu_cores,
  ramMib: given.ram_mib,
  diskSizeGb: given.disk_size_gb,
  diskSpeedThresholdMs: given.installation_disk_speed_threshold_ms,
  networkLatencyThresholdMs: given.network_latency_threshold_ms,
  packetLossPercentage: given.packet_loss_percentage,
}));

const list = z.array(z.strictObject({ version: z.string().min(1), master: role, worker: role, sno: role }));

/** HW_VALIDATOR_REQUIREMENTS: JSON list of requirements, by exact version of OpenShift or `default`; it must have the default ones. */
export const hardwareRequirements = z.string().transform((text, context): VersionedRequirements[] => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON list of requirements, like [{"version": "default", "master": …}]' });
    return z.NEVER;
  }
  const parsed = list.safeParse(json);
  const issue = parsed.error?.issues[0];
  if (issue) context.addIssue({ code: 'custom', message: `${issue.path.join('.') || 'the list'}: ${issue.message}` });
  const versions = parsed.data?.map(({ version }) => version) ?? [];
  if (parsed.success && !versions.includes('default')) context.addIssue({ code: 'custom', message: 'must have an entry with the version "default"' });
  if (parsed.success && new Set(versions).size < versions.length) context.addIssue({ code: 'custom', message: 'names a version twice' });
  return parsed.data ?? z.NEVER;
});

/** DISABLED_HOST_VALIDATIONS: comma-separated list of ids of host validations. */
export const disabledHostValidations = z.string().transform((text, context): string[] => {
  const ids = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  const unknown = ids.filter((id) => !hostValidations.some((validation) => validation.id === id));
  if (unknown.length === 0) return ids;
  context.addIssue({ code: 'custom', message: `no host validation is called ${unknown.join(', ')}` });
  return z.NEVER;
});
