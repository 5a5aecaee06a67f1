import type { Machine } from '../machine/machine';
import { readText } from '../machine/read';
import { hasMinimalImage, readVolumeId } from '../machine/read-device';
import type { BlockDevice } from './block-device';

/** Where live systems mount the medium they were started from. */
const livePlaces = ['/run/media/iso', '/run/initramfs/live', '/run/live/medium'];

/** Where each mounted device is, by the device's name: as the first process of the machine sees it, for an agent in a container. */
export async function readMounts(machine: Machine): Promise<Map<string, string[]>> {
  const mounts = new Map<string, string[]>();
  for (const line of ((await readText(machine, '/proc/1/mounts')) || (await readText(machine, '/proc/mounts'))).split('\n')) {
    const [source = '', place = ''] = line.split(' ');
    const name = source.replace(/^\/dev\/(mapper\/)?/, '');
    if (source.startsWith('/dev/')) mounts.set(name, [...(mounts.get(name) ?? []), place]);
  }
  return mounts;
}

/**
 * Name of the device the running live system was started from: the one mounted as such, else the optical or removable
 * one with the volume the kernel's command line names, or with a minimal image when the kernel was told of a root file system elsewhere.
 * A disk that carries the same volume is an installed one.
 */
export async function findLiveMedium(machine: Machine, devices: readonly BlockDevice[], mounts: ReadonlyMap<string, readonly string[]>): Promise<string | undefined> {
  const isLive = (name: string): boolean => (mounts.get(name) ?? []).some((place) => livePlaces.includes(place));
  const mounted = devices.find(({ members }) => members.some(isLive));
  if (mounted) return mounted.name;
  const told = await readText(machine, '/proc/cmdline');
  const volume = /(?:^|\s)coreos\.liveiso=(\S+)/.exec(told)?.[1];
  if (volume === undefined && !/(?:^|\s)coreos\.live\.rootfs_url=/.test(told)) return undefined;
  const isIt = async (path: string): Promise<boolean> => (volume === undefined ? hasMinimalImage(machine, path) : (await readVolumeId(machine, path)) === volume);
  for (const { name, kind, removable } of devices) {
    if ((kind === 'rom' || removable) && (await isIt(`/dev/${name}`))) return name;
  }
  return undefined;
}
