import { isFetchable } from './check-resource';
import { findPathProblem } from './check-path';
import { entriesOf, objectOf, textOf } from './entries-of';
import type { JsonObject } from './ignition-config';

const guid = /^(|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$/;
const stripes = ['linear', 'raid0', '0', 'stripe'];
const raidLevels = [...stripes, 'raid1', '1', 'mirror', 'raid4', '4', 'raid5', '5', 'raid6', '6', 'raid10', '10'];
/** Longest label of each format, in bytes. */
const labelLimits: Record<string, number> = { ext4: 16, btrfs: 256, xfs: 12, swap: 15, vfat: 11 };
const longest = { partitionLabel: 36, luksLabel: 47 };
const pins = ['tpm2', 'tang', 'sss'];

type Check = (entry: JsonObject, place: string) => (string | false | undefined)[];

/** What is wrong with the disks of a configuration and what is made on them; each with its place. */
export function checkDisks(storage: JsonObject): string[] {
  const check = (list: string, one: Check): string[] =>
    entriesOf(storage, list).flatMap((entry, index) => one(entry, `storage.${list}[${index}]`)).filter((problem) => typeof problem === 'string');
  return [...check('disks', checkDisk), ...check('raid', checkRaid), ...check('filesystems', checkFilesystem), ...check('luks', checkLuks)];
}

const checkPath = (path: unknown, place: string): string | undefined => {
  const problem = findPathProblem(path);
  return problem && `${place} ${problem}`;
};

const checkDisk: Check = (disk, place) => {
  const partitions = entriesOf(disk, 'partitions');
  const isAnyNumber = partitions.some((partition) => !partition.number);
  const labels = partitions.map((partition) => partition.label).filter((label) => typeof label === 'string');
  return [
    checkPath(disk.device, `${place}.device`),
    isAnyNumber && partitions.some(({ shouldExist }) => shouldExist === false) && `${place}.partitions has one to be removed and one without number: number all of them`,
    new Set(labels).size < labels.length && `${place}.partitions has a label twice`,
    findOverlap(partitions, place),
    ...partitions.flatMap((partition, index) => checkPartition(partition, `${place}.partitions[${index}]`)),
  ];
};

const checkPartition: Check = (partition, place) => {
  const { number, label, sizeMiB, startMiB } = partition;
  const isDescribed = [label, sizeMiB, startMiB].some((value) => value !== undefined && value !== null) || textOf(partition, 'guid') !== '' || textOf(partition, 'typeGuid') !== '';
  return [
    partition.shouldExist === false && isDescribed && `${place} is to be removed and described: leave one of them out`,
    !number && typeof label !== 'string' && `${place} needs a number or a label`,
    typeof label === 'string' && (label.length > longest.partitionLabel || label.includes(':')) && `${place}.label must have at most ${longest.partitionLabel} characters and no colon`,
    ...(['guid', 'typeGuid'] as const).map((name) => !guid.test(textOf(partition, name)) && `${place}.${name} is not a GUID`),
  ];
};

function findOverlap(partitions: readonly JsonObject[], place: string): string | undefined {
  const placed = partitions.flatMap(({ startMiB, sizeMiB }) =>
    typeof startMiB === 'number' && typeof sizeMiB === 'number' && startMiB !== 0 ? [{ first: startMiB, last: startMiB + Math.max(sizeMiB, 1) - 1 }] : []);
  const overlaps = placed.some((one, index) => placed.slice(index + 1).some((other) => one.first <= other.last && other.first <= one.last));
  return overlaps ? `${place}.partitions overlap` : undefined;
}

const checkRaid: Check = (raid, place) => {
  const { spares } = raid;
  const level = textOf(raid, 'level');
  return [
    !raidLevels.includes(level) && `${place}.level is not one of ${raidLevels.join(', ')}`,
    stripes.includes(level) && typeof spares === 'number' && spares !== 0 && `${place}.spares cannot be with level ${level}`,
    !(Array.isArray(raid.devices) && raid.devices.length > 0) && `${place}.devices is missing`,
    ...(Array.isArray(raid.devices) ? raid.devices.map((device: unknown, index) => checkPath(device, `${place}.devices[${index}]`)) : []),
  ];
};

const checkFilesystem: Check = (filesystem, place) => {
  const format = textOf(filesystem, 'format');
  const isDescribed = ['path', 'label', 'uuid'].some((name) => textOf(filesystem, name) !== '') || filesystem.wipeFilesystem === true
    || ['options', 'mountOptions'].some((name) => Array.isArray(filesystem[name]) && filesystem[name].length > 0);
  const limit = labelLimits[format];
  return [
    checkPath(filesystem.device, `${place}.device`),
    textOf(filesystem, 'path') !== '' && checkPath(filesystem.path, `${place}.path`),
    format === '' && isDescribed && `${place}.format is missing`,
    format !== '' && limit === undefined && `${place}.format is not one of ${Object.keys(labelLimits).join(', ')}`,
    limit !== undefined && textOf(filesystem, 'label').length > limit && `${place}.label must have at most ${limit} characters`,
  ];
};

const checkLuks: Check = (luks, place) => {
  const clevis = objectOf(luks, 'clevis');
  const custom = objectOf(clevis, 'custom');
  const tangs = entriesOf(clevis, 'tang');
  const isCustom = textOf(custom, 'pin') !== '' || textOf(custom, 'config') !== '';
  const source = textOf(objectOf(luks, 'keyFile'), 'source');
  return [
    checkPath(luks.device, `${place}.device`),
    textOf(luks, 'name').includes('/') && `${place}.name must not have a slash`,
    textOf(luks, 'label').length > longest.luksLabel && `${place}.label must have at most ${longest.luksLabel} characters`,
    source !== '' && !isFetchable(source) && `${place}.keyFile.source is not an address that can be fetched`,
    isCustom && !pins.includes(textOf(custom, 'pin')) && `${place}.clevis.custom.pin is not one of ${pins.join(', ')}`,
    isCustom && textOf(custom, 'config') === '' && `${place}.clevis.custom.config is missing`,
    clevis.custom !== undefined && clevis.custom !== null && (tangs.length > 0 || clevis.tpm2 === true || Boolean(clevis.threshold)) && `${place}.clevis has custom and others: use one of them`,
    ...tangs.flatMap((tang, index) => [
      !/^https?:\/\//.test(textOf(tang, 'url')) && `${place}.clevis.tang[${index}].url is not an http or https address`,
      textOf(tang, 'thumbprint') === '' && `${place}.clevis.tang[${index}].thumbprint is missing`,
    ]),
  ];
};
