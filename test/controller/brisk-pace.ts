import { fieldPace, type ControllerPace } from '../../src/agent/protocol/controller/controller-pace';

/** A controller that looks again after so many milliseconds; its limits are those of the field. */
export function briskPace(everyMs: number): ControllerPace {
  const looks = Object.fromEntries(Object.entries(fieldPace).filter(([, look]) => typeof look === 'object' && 'everyMs' in look).map(([name, look]) => [name, { ...(look as object), everyMs }]));
  return { ...fieldPace, ...looks, olmEveryMs: everyMs, watchEveryMs: everyMs, logsEveryMs: everyMs * 10, bareMetalHostsEveryMs: everyMs, retries: { attempts: 10, fromMs: everyMs / 10, toMs: everyMs } };
}
