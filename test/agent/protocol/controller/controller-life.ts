import { createControllerClient } from '../../../../src/agent/protocol/controller-client';
import { ControllerRun, type ControllerOptions } from '../../../../src/agent/protocol/controller/controller-run';
import { fieldPace, lookEvery, type ControllerPace } from '../../../../src/agent/protocol/controller/controller-pace';
import type { NewCluster } from '../../../../src/agent/protocol/controller/new-cluster';
import type { WireHost } from '../../../../src/agent/protocol/wire-cluster';
import { createSimulatedCluster } from '../../../../src/sim/controller/simulated-cluster';
import { clusterId, ScriptedService, type Script } from '../../../sim/scripted-service';

/** Looks every few milliseconds, for as long as in the field; a call is made three times. */
export const swiftPace: ControllerPace = { ...lookEvery(fieldPace, 5), logsEveryMs: 3_600_000, retries: { attempts: 3, fromMs: 1, toMs: 2 } };

export const hostIdOf = (number: number): string => `5c2f2a36-6c7a-4b5e-9a51-00000000000${number}`;

/** A host that has restarted from its disk. */
export const makeHost = (number: number, changes: Partial<WireHost> = {}): WireHost => ({
  id: hostIdOf(number), href: '', status: 'installing-in-progress', status_info: '', requested_hostname: `node-${number}`, progress: { current_stage: 'Joined' }, ...changes,
});

export interface Life {
  service: ScriptedService;
  options: ControllerOptions;
  run: ControllerRun;
  told: string[];
}

/** A controller between a scripted service and a cluster that is well but for what `cluster` says. */
export async function startLife(script: Script, cluster: Partial<NewCluster> = {}, changes: Partial<Omit<ControllerOptions, 'client' | 'cluster' | 'observe'>> = {}): Promise<Life> {
  const service = await new ScriptedService(script).open();
  const told: string[] = [];
  const options: ControllerOptions = {
    client: createControllerClient({ url: service.url, clusterId, token: 'token' }),
    cluster: { ...createSimulatedCluster('PEM\n'), ...cluster },
    pace: swiftPace, checkClusterVersion: false, highlyAvailable: true,
    observe: (event) => void told.push(event.kind === 'stage' ? `${event.hostId} ${event.stage}` : event.what),
    ...changes,
  };
  return { service, options, run: new ControllerRun(options, AbortSignal.timeout(110_000)), told };
}
