import type { LoopOptions } from './loop-options';
import { pause } from './pause';
import { readRunnerTarget, type RunnerTarget } from './registration-command';
import { nextRegistrationTry } from './retry-rules';
import { waitForNextTry } from './wait-for-next-try';

/** Registers the host, again and again if needed, until the service names the program that polls. Rejects when the signal is aborted. */
export async function register(options: LoopOptions, signal: AbortSignal): Promise<RunnerTarget> {
  const { client, hostId, rules, observe, toMs } = options;
  for (;;) {
    try {
      const registration = await client.registerHost(hostId, signal);
      const target = readRunnerTarget(registration);
      observe({ kind: 'registered', hostId });
      if (target) return target;
      await pause(toMs(rules.withoutCommandSeconds), signal);
    } catch (error) {
      await waitForNextTry(error, (status) => nextRegistrationTry(status, rules), options, signal);
    }
  }
}
