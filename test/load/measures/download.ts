import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchStack } from '../bench-stack';
import { createBenchS3, prepareBase } from '../images/base-object';
import { readSpeed, readSpeedAtOnce } from '../images/read-speed';
import { median, type Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { treeCpuSeconds } from '../process-stats';
import { createBenchApi, registerCluster } from '../service';

const mega = 1_000_000;
const atOnce = 10;
/** Ten whole images, three ways and several times, would take minutes. */
const bytesOfEach = 200 * mega;

interface Route {
  name: string;
  url: string;
}

/** Speeds of each route, by turns, so that the moods of the machine meet all of them. */
async function alternate(routes: readonly Route[], pairs: number, read: (url: string) => Promise<number>): Promise<Map<string, number[]>> {
  const speeds = new Map(routes.map(({ name }): [string, number[]] => [name, []]));
  for (let pair = 0; pair < pairs; pair++) {
    for (const { name, url } of pair % 2 === 0 ? routes : [...routes].reverse()) speeds.get(name)?.push(await read(url));
  }
  return speeds;
}

async function startPipe(source: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, '../images/plain-pipe.ts'), source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${port.toString().trim()}`, child };
}

/** Downloads of a discovery image from the service and of its base, of the same size, from the S3 server, where anybody may read it. */
export async function measureDownload(stack: BenchStack, { pairs, link }: BenchOptions): Promise<Measurement[]> {
  const { file } = stack;
  const api = createBenchApi(file, AbortSignal.timeout(900_000));
  const s3 = createBenchS3(file);
  const base = await prepareBase(s3, api, stack);
  s3.destroy();
  const { id } = await registerCluster(api, file);
  const { image_info: image } = await api.generateImage(id, { image_type: 'full-iso' });
  const direct: Route = { name: 'S3 server', url: `${file.s3_url}/${base.bucket}/${base.key}` };
  const service: Route = { name: 'service', url: image?.download_url ?? '' };
  const { url, child } = await startPipe(direct.url);
  const behind = link === undefined ? '' : ` over ${link}`;
  const pipe: Route = { name: 'plain pipe', url };
  try {
    await readSpeed(service.url, base.size);
    const before = treeCpuSeconds(file.pids.api);
    const single = await alternate([direct, service, pipe], pairs, (address) => readSpeed(address, base.size));
    const cpu = (treeCpuSeconds(file.pids.api) - before) / pairs;
    const many = await alternate([direct, service, pipe], pairs, (address) => readSpeedAtOnce(address, atOnce, Math.min(base.size, bytesOfEach)));
    return [
      ...compare(`download of ${(base.size / mega).toFixed(0)} MB${behind}`, single),
      { name: 'CPU time of the service for it', value: cpu, unit: 's' },
      ...compare(`${atOnce} downloads at once${behind}`, many),
    ];
  } finally {
    child.kill();
    await api.deregister(id);
  }

  function compare(what: string, speeds: Map<string, number[]>): Measurement[] {
    const speedOf = ({ name }: Route): number => median(speeds.get(name) ?? []);
    const note = [direct, service, pipe].map((route) => `${route.name} ${(speedOf(route) / mega).toFixed(0)} MB/s`).join(', ');
    return [
      { name: `${what}, S3 server against service`, value: speedOf(direct) / speedOf(service), unit: 'x', goal: 1.15, note },
      { name: `${what}, S3 server against a plain pipe of Node`, value: speedOf(direct) / speedOf(pipe), unit: 'x' },
    ];
  }
}
