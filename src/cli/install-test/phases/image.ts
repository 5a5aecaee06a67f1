import type { WireCluster } from '../../../agent/protocol/wire-cluster';
import { EmbedAreaReader } from '../embed-area';
import { expectThat } from '../expect-that';
import { createSshPublicKey } from '../ssh-key';
import type { TestRun } from '../test-run';

const mega = 1_000_000;

async function download(run: TestRun, id: string): Promise<EmbedAreaReader> {
  const response = await run.api.http.send('GET', `/clusters/${id}/downloads/image`, { signal: run.signal });
  expectThat(response.ok && response.body !== null, `the answer is ${response.status}`);
  const reader = new EmbedAreaReader();
  for await (const chunk of response.body) reader.push(chunk as Uint8Array);
  const announced = response.headers.get('content-length');
  expectThat(announced === null || Number(announced) === reader.size, `${announced} bytes were announced, ${reader.size} came`);
  return reader;
}

/** Makes the discovery image, downloads it, and finds the cluster's own ignition configuration in it. */
export async function imagePhase(run: TestRun, { id }: WireCluster): Promise<void> {
  const { api, checks, signal } = run;
  checks.startGroup('image');
  const { image_info: image } = await checks.check('generate the discovery image', async () => {
    const cluster = await api.generateImage(id, { ssh_public_key: createSshPublicKey('install-test'), image_type: 'full-iso' });
    expectThat((cluster.image_info.size_bytes ?? 0) > 0, 'the answer has no size');
    expectThat(Boolean(cluster.image_info.download_url), 'the answer has no download_url');
    expectThat(Date.parse(cluster.image_info.expires_at ?? '') > Date.now(), `it expires at ${String(cluster.image_info.expires_at)}`);
    return cluster;
  });
  const size = image.size_bytes ?? 0;
  await checks.verify('HEAD tells its size', async () => {
    const response = await api.http.send('HEAD', `/clusters/${id}/downloads/image`, { signal });
    expectThat(response.ok, `the answer is ${response.status}`);
    const length = response.headers.get('content-length');
    expectThat(Number(length) === size, `content-length is ${String(length)}, the image has ${size} bytes`);
  });
  const reader = await checks.check('download it', () => download(run, id), (read) => `${(read.size / mega).toFixed(1)} MB`);
  await checks.verify('its size is as announced', async () => expectThat(reader.size === size, `${reader.size} bytes, announced were ${size}`));
  await checks.verify('it carries the ignition of this cluster', async () => {
    const text = reader.readIgnition();
    const config = JSON.parse(text) as { ignition?: { version?: string } };
    expectThat(/^3\./.test(config.ignition?.version ?? ''), `the version of the ignition is ${String(config.ignition?.version)}`);
    expectThat(text.includes(id), 'the ignition does not name the cluster');
  });
}
