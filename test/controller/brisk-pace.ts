import { fieldPace, lookEvery, type ControllerPace } from '../../src/agent/protocol/controller/controller-pace';

/** How long a call is made again: as long as in the field, where ten tries take a minute. */
const patienceMs = 60_000;

/** A controller that looks again after so many milliseconds; its limits are those of the field. */
export function briskPace(everyMs: number): ControllerPace {
  return { ...lookEvery(fieldPace, everyMs), retries: { attempts: Math.ceil(patienceMs / everyMs), fromMs: everyMs / 10, toMs: everyMs } };
}
