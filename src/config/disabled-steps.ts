import { z } from 'zod';
import type { StepType } from '../domain/host/step-type';

/** Steps that only tell what validations and choices look at. Without any other, hosts are never discovered, prepared, installed or reset. */
const dispensable: readonly StepType[] = ['connectivity-check', 'free-network-addresses', 'dhcp-lease-allocate', 'api-vip-connectivity-check', 'ntp-synchronizer'];

/** DISABLED_STEPS: comma list of steps that are never sent to agents. */
export const disabledSteps = z.string().transform((text, context): StepType[] => {
  const names = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  const steps = names.map((name) => dispensable.find((step) => step === name));
  const wrong = names.filter((_, index) => steps[index] === undefined);
  if (wrong.length === 0) return steps.filter((step) => step !== undefined);
  context.addIssue({ code: 'custom', message: `${wrong.join(', ')} cannot be left out; only these can: ${dispensable.join(', ')}` });
  return z.NEVER;
});
