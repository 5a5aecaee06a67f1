import type { AgentClient } from '../agent/protocol/agent-client';
import type { ControllerClient } from '../agent/protocol/controller-client';
import { pauseForever } from '../agent/protocol/pause';
import type { HostStage } from '../domain/host/stage';
import { stagesOf } from '../domain/host/stages';

type InstallerRole = 'bootstrap' | 'master' | 'worker';

/** Only the report of its first stage tells what a machine was started as. */
const firstStage: HostStage = 'Starting installation';
const onlyForWorkers: HostStage = 'Waiting for ignition';

const isRole = (info: string): info is InstallerRole => info === 'bootstrap' || info === 'master' || info === 'worker';
const stagesOfRole = (role: InstallerRole): readonly HostStage[] => stagesOf({ role, bootstrap: role === 'bootstrap', kind: 'Host' });

/**
 * One machine of a cluster of which nothing is heard from a stage on: the first that gets there. It is a master, because a cluster is
 * installed without one of several workers; only the stage that none but workers have silences one of these.
 */
export class Silence {
  /** Which machine it is, once one has got there. */
  hostId: string | undefined;
  private readonly roles = new Map<string, InstallerRole>();

  constructor(private readonly from: HostStage) {}

  /** The machine's own client: its installer hangs at the stage, and never comes to what follows. */
  ofMachine(hostId: string, client: AgentClient): AgentClient {
    return {
      ...client,
      updateProgress: (about, stage, info, signal) => {
        if (!this.swallows(about, stage, info)) return client.updateProgress(about, stage, info, signal);
        return about === hostId && signal ? pauseForever(signal) : Promise.resolve();
      },
    };
  }

  /** The controller of the cluster sees nothing of the machine either. */
  ofController(client: ControllerClient): ControllerClient {
    return {
      ...client,
      updateProgress: (about, stage, info, signal) => (this.swallows(about, stage, info) ? Promise.resolve() : client.updateProgress(about, stage, info, signal)),
    };
  }

  private swallows(hostId: string, stage: HostStage, info: string): boolean {
    if (stage === firstStage && isRole(info)) this.roles.set(hostId, info);
    const role = this.roles.get(hostId);
    if (this.hostId === undefined && role && this.isReached(role, stage)) this.hostId = hostId;
    return this.hostId === hostId;
  }

  private isReached(role: InstallerRole, stage: HostStage): boolean {
    const stages = stagesOfRole(role);
    const isMeant = stages.includes(this.from) && (role !== 'worker' || this.from === onlyForWorkers);
    return isMeant && stages.indexOf(stage) >= stages.indexOf(this.from);
  }
}
