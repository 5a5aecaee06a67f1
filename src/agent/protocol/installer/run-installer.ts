import { InstallerRun, type InstallerOptions } from './installer-run';
import { leadControlPlane } from './lead-control-plane';

function checkIgnition(text: string, what: string): string {
  const config = JSON.parse(text) as { ignition?: { version?: unknown } } | null;
  if (typeof config?.ignition?.version !== 'string') throw new Error(`${what} is not an ignition configuration`);
  return text;
}

async function writeImage(run: InstallerRun): Promise<void> {
  const { client, hostId, work, signal } = run.options;
  const ignition = checkIgnition(await run.call(() => client.downloadHostIgnition(hostId, signal)), 'the ignition of the host');
  await work.enter('Writing image to disk');
  await work.writeImage(ignition, (percent) => run.report('Writing image to disk', `${percent}%`));
}

async function startBootkube(run: InstallerRun): Promise<void> {
  const { client, work, signal } = run.options;
  await work.startBootkube(checkIgnition(await run.call(() => client.downloadFile('bootstrap.ign', signal)), 'bootstrap.ign'));
}

async function installSingleNode(run: InstallerRun): Promise<void> {
  await startBootkube(run);
  await run.report('Waiting for bootkube');
  await run.options.work.awaitBootkube();
  await writeImage(run);
}

/**
 * Installs one host as the installer of its role does, to the point where the machine restarts from its disk. The order
 * of the stages is that of the service's documentation of the roles.
 */
export async function runInstaller(options: InstallerOptions): Promise<void> {
  const run = new InstallerRun(options);
  const { role, singleNode, hostId, work, observe } = options;
  await run.report('Starting installation', role);
  await work.enter('Starting installation');
  await run.report('Installing', role);
  await work.enter('Installing');
  if (singleNode) await installSingleNode(run);
  else {
    if (role === 'bootstrap') await startBootkube(run);
    await writeImage(run);
    if (role === 'bootstrap') await leadControlPlane(run);
  }
  const failure = await work.sendLogs();
  if (failure !== undefined) observe({ kind: 'logs-not-sent', hostId, reason: failure });
  await run.report('Rebooting');
}
