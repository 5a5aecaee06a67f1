import { pause } from '../../agent/protocol/pause';
import { InstallerRun, type InstallerOptions } from './installer-run';
import { leadControlPlane } from './lead-control-plane';
import { sendLogs } from './send-logs';
import { writeImage } from './write-image';

function checkIgnition(text: string, what: string): void {
  const config = JSON.parse(text) as { ignition?: { version?: unknown } } | null;
  if (typeof config?.ignition?.version !== 'string') throw new Error(`${what} is not an ignition configuration`);
}

async function fetchHostIgnition(run: InstallerRun): Promise<void> {
  const { client, hostId, signal } = run.options;
  checkIgnition(await run.call(() => client.downloadHostIgnition(hostId, signal)), 'the ignition of the host');
}

async function startBootkube(run: InstallerRun): Promise<void> {
  const { client, signal } = run.options;
  checkIgnition(await run.call(() => client.downloadFile('bootstrap.ign', signal)), 'bootstrap.ign');
}

async function installSingleNode(run: InstallerRun): Promise<void> {
  const { pace, signal } = run.options;
  await startBootkube(run);
  await run.report('Waiting for bootkube');
  await pause(pace.stageMs, signal);
  await fetchHostIgnition(run);
  await writeImage(run);
}

/**
 * Installs one host as the installer of its role does, to the point where the machine restarts from its disk. The order
 * of the stages is that of the service's documentation of the roles.
 */
export async function runInstaller(options: InstallerOptions): Promise<void> {
  const run = new InstallerRun(options);
  const { role, singleNode, client, hostId, pace, signal, observe } = options;
  await run.report('Starting installation', role);
  await pause(pace.stageMs, signal);
  await run.report('Installing', role);
  if (singleNode) await installSingleNode(run);
  else {
    if (role === 'bootstrap') await startBootkube(run);
    await fetchHostIgnition(run);
    await writeImage(run);
    if (role === 'bootstrap') await leadControlPlane(run);
  }
  const failure = await sendLogs(client, hostId, signal);
  if (failure) observe({ kind: 'logs-not-sent', hostId, reason: failure.message });
  await run.report('Rebooting');
}
