import { fieldPace, lookEvery, type ControllerPace } from '../../src/agent/protocol/controller/controller-pace';

/** A controller that looks again after so many milliseconds; its limits are those of the field. */
export function briskPace(everyMs: number): ControllerPace {
  return { ...lookEvery(fieldPace, everyMs), retries: { attempts: 10, fromMs: everyMs / 10, toMs: everyMs } };
}
