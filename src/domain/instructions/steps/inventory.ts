import { podmanRun } from '../podman-run';
import { shellJoin } from '../shell-quote';
import type { StepBuilder } from '../step';

const mountTable = '/run/assisted-installer-mtab';

const mounts = [
  '/proc/meminfo:/host/proc/meminfo:ro', '/proc/cpuinfo:/host/proc/cpuinfo:ro', '/sys/kernel/mm/hugepages:/host/sys/kernel/mm/hugepages:ro',
  '/sys/block:/host/sys/block:ro', '/sys/devices:/host/sys/devices:ro', '/sys/bus:/host/sys/bus:ro', '/sys/class:/host/sys/class:ro',
  '/run/udev:/host/run/udev:ro', '/dev/disk:/host/dev/disk:ro', '/run/udev:/run/udev', '/dev/disk:/dev/disk',
  `${mountTable}:/host/etc/mtab:ro`,
];

/** Asks for the hardware of the machine. */
export const buildInventory: StepBuilder = ({ settings: { agent } }) => {
  const run = shellJoin(['podman', ...podmanRun(agent.agentImage, ['inventory'], { mounts })]);
  return { stepType: 'inventory', command: 'sh', args: ['-c', `cp /etc/mtab ${mountTable} && ${run}`] };
};
