import type { InstallerWork } from '../protocol/installer/installer-work';
import type { InstallCommand } from '../protocol/installer/parse-install-command';
import { readDisks } from '../inventory/disks';
import { collectLogs } from '../logs/collect-logs';
import { sendLogArchive } from '../protocol/send-log-archive';
import type { StepContext } from '../steps/step-context';
import { createBootkube } from './bootkube';
import { clearBootSectors } from './clear-boot-sectors';
import { downloadImage } from './download-image';
import { readLiveMedium } from './read-live-medium';
import { findTargetDisk, isEmptyDisk, isNamed } from './target-disk';
import { writeByInstaller } from './write-by-installer';
import { writeImage } from './write-image';

/** Between two looks at the other hosts of the cluster. */
const lookMs = 10_000;

/** An installer's work on the machine it runs on. */
export function createInstallWork(command: InstallCommand, context: StepContext): InstallerWork {
  const { machine, client, hostId, options, log, signal } = context;
  const bootkube = createBootkube(context);
  let target: { path: string; sizeBytes: number } | undefined;

  /** A disk is overwritten when it is empty, when the service had its boot record cleared, or when the agent was told to. */
  async function checkTarget(): Promise<{ path: string; sizeBytes: number }> {
    const disk = await findTargetDisk(machine, command.bootDevice);
    const told = options.overwriteDisks || (await isListed(disk.path));
    if (!told && !(await isEmptyDisk(machine, disk.path, disk.sizeBytes))) {
      throw new Error(`${disk.path} is not empty: clear it (wipefs --all and the first MiB), choose another disk, or start the agent with --overwrite-disks`);
    }
    return disk;
  }

  async function isListed(path: string): Promise<boolean> {
    const disk = (await readDisks(machine)).find((candidate) => candidate.path === path);
    return disk !== undefined && command.disksToClear.some((key) => isNamed(disk, key));
  }

  return {
    enter: async (stage) => {
      if (stage === 'Starting installation') target = await checkTarget();
      if (stage === 'Installing') await clearBootSectors(command.disksToClear, (target ??= await checkTarget()).path, context);
    },
    startBootkube: bootkube.start,
    awaitBootkube: bootkube.awaitDone,
    awaitController: bootkube.awaitController,
    writeImage: async (ignition, report) => {
      const disk = (target ??= await checkTarget());
      if (!options.image && machine.has('coreos-installer')) {
        await writeByInstaller(ignition, disk.path, command.installerArgs, context, report);
        return;
      }
      if (command.installerArgs.length > 0) log(`the image is written as it is; these arguments are not applied to it: ${command.installerArgs.join(' ')}`);
      const source = options.image ? await downloadImage(options.image, context.fetch, signal) : await readLiveMedium(machine);
      log(`${options.dryRun ? 'dry run: reading' : 'writing'} ${source.name}${options.dryRun ? '' : ` to ${disk.path}`}`);
      await writeImage(source, ignition, { path: options.dryRun ? undefined : `${machine.root}${disk.path}`, name: disk.path, sizeBytes: disk.sizeBytes }, report);
    },
    seenStage: bootkube.seenStage,
    awaitNextLook: () => machine.pause(lookMs, signal),
    sendLogs: () => sendLogArchive(client, hostId, () => collectLogs(machine, signal), signal),
  };
}
