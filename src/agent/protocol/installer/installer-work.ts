import type { HostStage } from '../../../domain/host/stage';
import type { WireHost } from '../wire-cluster';

/** What an installer does to its machine between its reports. All reject with the reason in words when they cannot. */
export interface InstallerWork {
  /** At the beginning of a stage, by its name. */
  enter(stage: HostStage): Promise<void>;
  /** Starts the temporary control plane of a bootstrap ignition, given as JSON text. */
  startBootkube(ignition: string): Promise<void>;
  /** Resolves when the temporary control plane has done its part. */
  awaitBootkube(): Promise<void>;
  /** Resolves when the controller runs on the new control plane. */
  awaitController(): Promise<void>;
  /** Writes the image with the host's ignition to the disk; `report` is told each whole percentage that is due. */
  writeImage(ignition: string, report: (percent: number) => Promise<void>): Promise<void>;
  /** What is seen of another host that is later than what the service knows of it; undefined when nothing is. */
  seenStage(host: WireHost): Promise<HostStage | undefined>;
  /** Between two looks at the other hosts. */
  awaitNextLook(): Promise<void>;
  /** Sends the host's logs; a failure is answered as its reason. */
  sendLogs(): Promise<string | undefined>;
}
