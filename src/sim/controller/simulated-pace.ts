import { fieldPace, type ControllerPace } from '../../agent/protocol/controller/controller-pace';
import type { Pace } from '../pace';

/** A controller that looks as often as the pace of the simulation says; its limits and its patience with logs are those of the field. */
export function simulatedPace({ watchMs, pollDivisor }: Pace): ControllerPace {
  const { contact, nodes, finalizing, version, ingress, console, manifests, patience, completion, retries } = fieldPace;
  const often = { everyMs: watchMs };
  return {
    ...fieldPace,
    contact: { ...contact, ...often },
    nodes: { ...nodes, ...often },
    finalizing: { ...finalizing, ...often },
    version: { ...version, ...often },
    ingress: { ...ingress, ...often },
    console: { ...console, ...often },
    manifests: { ...manifests, ...often },
    patience: { ...patience, ...often },
    completion: { ...completion, ...often },
    olmEveryMs: watchMs,
    watchEveryMs: watchMs,
    retries: { ...retries, fromMs: retries.fromMs / pollDivisor, toMs: retries.toMs / pollDivisor },
  };
}
