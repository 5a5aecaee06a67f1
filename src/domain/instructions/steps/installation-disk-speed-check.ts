import { chooseInstallationDisk } from '../../host/installation-disk';
import { podmanRun, unlessRunning } from '../podman-run';
import { shellJoin } from '../shell-quote';
import type { StepBuilder } from '../step';

const name = 'disk_performance';

/** Has the speed of the installation disk measured, once. */
export const buildInstallationDiskSpeedCheck: StepBuilder = ({ snapshot, host, settings }) => {
  const disk = chooseInstallationDisk(snapshot, host, settings);
  if (disk === undefined || host.facts.disksInfo[disk.id]?.disk_speed.tested === true) return undefined;
  const program = ['disk_speed_check', JSON.stringify({ path: disk.id })];
  const run = shellJoin(['timeout', String(settings.agent.diskCheckTimeoutSeconds), 'podman', ...podmanRun(settings.agent.agentImage, program, { name, mounts: ['/dev:/dev:rw'] })]);
  return { stepType: 'installation-disk-speed-check', command: 'bash', args: ['-c', unlessRunning(name, run)] };
};
