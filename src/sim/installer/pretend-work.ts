import type { InstallerWork } from '../../agent/protocol/installer/installer-work';
import { pause } from '../../agent/protocol/pause';
import type { WireHost } from '../../agent/protocol/wire-cluster';
import type { HostStage } from '../../domain/host/stage';
import type { MachineOptions } from '../machine/agent-life';
import { sendLogs } from './send-logs';

/** What the bootstrap host sees next of a host that has rebooted; undefined when there is nothing new. */
function nextStageOf(host: WireHost): HostStage | undefined {
  const stage = host.progress?.current_stage;
  if (host.role === 'worker') return stage === 'Rebooting' ? 'Waiting for ignition' : undefined;
  if (stage === 'Rebooting') return 'Configuring';
  return stage === 'Configuring' ? 'Joined' : undefined;
}

/** An installer's work on a machine that is not there: it takes its time, and every other host does what is hoped of it. */
export function createPretendWork({ pace, client, facts }: MachineOptions, signal: AbortSignal): InstallerWork {
  const takeTime = (): Promise<void> => pause(pace.stageMs, signal);
  return {
    enter: (stage) => (stage === 'Starting installation' ? takeTime() : Promise.resolve()),
    startBootkube: () => Promise.resolve(),
    awaitBootkube: takeTime,
    awaitController: takeTime,
    writeImage: async (_ignition, report) => {
      for (let percent = 5; percent <= 100; percent += 5) {
        await pause(pace.imageStepMs, signal);
        await report(percent);
      }
    },
    seenStage: async (host) => nextStageOf(host),
    awaitNextLook: () => pause(pace.watchMs, signal),
    sendLogs: () => sendLogs(client, facts.hostId, signal),
  };
}
