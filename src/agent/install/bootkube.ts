import type { HostStage } from '../../domain/host/stage';
import { isRecord } from '../protocol/is-record';
import type { WireHost } from '../protocol/wire-cluster';
import type { StepContext } from '../steps/step-context';

/** The temporary control plane of a bootstrap host. */
export interface Bootkube {
  start(ignition: string): Promise<void>;
  awaitDone(): Promise<void>;
  awaitController(): Promise<void>;
  seenStage(host: WireHost): Promise<HostStage | undefined>;
}

const unitName = 'bootkube.service';

/** True when a bootstrap ignition brings a temporary control plane: its unit. */
export function hasBootkube(ignition: string): boolean {
  const config: unknown = JSON.parse(ignition);
  const systemd = isRecord(config) ? config['systemd'] : undefined;
  const units: unknown = isRecord(systemd) ? systemd['units'] : undefined;
  return Array.isArray(units) && units.some((unit) => isRecord(unit) && unit['name'] === unitName);
}

/**
 * Installations whose bootstrap ignition brings no temporary control plane need none: nothing is started, nothing waited for,
 * and the other hosts are seen by the service alone. One that brings it is refused: the agent does not run it.
 */
export function createBootkube({ log }: StepContext): Bootkube {
  return {
    start: async (ignition) => {
      if (hasBootkube(ignition)) throw new Error(`bootstrap.ign brings ${unitName}, a temporary control plane, which this agent can't run`);
      log('bootstrap.ign brings no temporary control plane: none is started');
    },
    awaitDone: async () => undefined,
    awaitController: async () => undefined,
    seenStage: async () => undefined,
  };
}
