import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WireCluster } from '../../../src/agent/protocol/wire-cluster';
import { expectThat } from '../../../src/cli/install-test/expect-that';
import { rootFile } from '../../../src/domain/ignition/root-file';
import type { BootRun } from '../boot-run';
import { machineNetwork } from '../machine-plan';

export const clusterName = 'boot';
export const baseDomain = 'example.com';

/** What the user lays over the ignition of the live systems: where their clocks get the time. */
export function renderClockOverride(port: number): string {
  const config = [`server ${machineNetwork.host} port ${port} iburst minpoll 4 maxpoll 5`, 'makestep 1.0 -1', 'rtcsync', ''].join('\n');
  return JSON.stringify({ ignition: { version: '3.1.0' }, storage: { files: [rootFile('/etc/chrony.conf', 0o644, config)] } });
}

/** Makes the discovery image of a cluster and downloads it; answers its size in bytes. */
export async function fetchImage({ api, options, signal }: Pick<BootRun, 'api' | 'options' | 'signal'>, id: string, timePort: number, file: string): Promise<number> {
  await api.http.call('PATCH', `/clusters/${id}/discovery-ignition`, { json: { config: renderClockOverride(timePort) }, signal });
  const { image_info: { size_bytes: announced } } = await api.generateImage(id, { image_type: options.imageType });
  const answer = await api.http.send('GET', `/clusters/${id}/downloads/image`, { signal });
  expectThat(answer.ok && answer.body !== null, `the download answers ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
  const { size } = await stat(file);
  expectThat(size === announced, `it has ${size} bytes, not ${announced}`);
  return size;
}

/** Registers the cluster and downloads its discovery image. */
export async function imagePhase(run: BootRun, timePort: number): Promise<{ cluster: WireCluster; iso: string }> {
  const { api, checks, options, stack, workDir } = run;
  checks.startGroup('image');
  const shape = options.machines === 1 ? { high_availability_mode: 'None' } : { vip_dhcp_allocation: false };
  const cluster = await checks.check(
    'register the cluster',
    () => api.register({ name: clusterName, openshift_version: '4.8', base_dns_domain: baseDomain, pull_secret: stack.pull_secret, ...shape }),
    ({ id }) => id,
  );
  const iso = join(workDir, 'discovery.iso');
  await checks.check(`make and download the discovery image (${options.imageType})`, () => fetchImage(run, cluster.id, timePort, iso), (size) => `${Math.round(size / 1e6)} MB`);
  return { cluster, iso };
}
