import { join } from 'node:path';
import type { StackFile } from '../../src/dev/stack-file';
import { listPorts } from '../../src/dev/ports';
import { LauncherProcess } from '../dev/launcher-process';
import { findFreePortBase } from '../support/free-port-base';
import { machineNetwork } from './machine-plan';

const smallRole = { cpu_cores: 1, ram_mib: 768, disk_size_gb: 4, installation_disk_speed_threshold_ms: 10_000, network_latency_threshold_ms: 10_000, packet_loss_percentage: 100 };

/** What the service of the test is told besides what every development stack is. */
export function bootSettings(portBase: number): Record<string, string> {
  return {
    // Where the machines find it, and the root file systems of minimal images.
    SERVICE_BASE_URL: `http://${machineNetwork.host}:${portBase}`,
    S3_PUBLIC_ENDPOINT_URL: `http://${machineNetwork.host}:${listPorts(portBase).s3}`,
    // Emulated machines are small, and as slow as the machine they run on is busy.
    HW_VALIDATOR_REQUIREMENTS: JSON.stringify([{ version: 'default', master: smallRole, worker: smallRole, sno: smallRole }]),
    // They have no Internet, so no registry either.
    DISABLED_HOST_VALIDATIONS: 'container-images-available',
  };
}

export interface BootStack {
  stack: StackFile;
  stop: () => Promise<void>;
}

/** A development stack of its own that keeps nothing. */
export async function startBootStack(workDir: string, timeoutMs: number): Promise<BootStack> {
  const portBase = await findFreePortBase();
  const data = join(workDir, 'stack');
  const launcher = new LauncherProcess(['--ephemeral', '--data', data, '--port-base', String(portBase)], { ...process.env, ...bootSettings(portBase) });
  const stop = async (): Promise<void> => {
    launcher.signal('SIGTERM');
    await launcher.exited;
  };
  try {
    return { stack: await launcher.untilReady(data, timeoutMs), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
