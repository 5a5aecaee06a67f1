import { timeLimit } from '../../signals/time-limit';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { exists } from '../machine/read';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { succeed } from '../protocol/step-answer';
import type { ImageAvailabilityRequest, ImageAvailabilityResponse } from '../protocol/step-payloads';
import { fetchImage } from '../registry/fetch-image';
import { findAuth, pullSecretPath } from '../registry/find-auth';
import { parseImageReference } from '../registry/image-reference';
import type { RunStep, StepContext } from './step-context';

const defaultSeconds = 1800;
/** More than an image takes, and no more than a timer can. */
const mostSeconds = 24 * 3600;

/** What podman takes as the name of an image and never as an option. */
const isImage = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,511}$/.test(value);
const isTimeout = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'number' && value >= 0);
const isRequest = (value: unknown): value is ImageAvailabilityRequest => isRecord(value) && Array.isArray(value['images']) && value['images'].every(isImage) && isTimeout(value['timeout']);

/** Gets the images of the installation and tells how that went: podman pulls them, and without podman, or in a dry run, they are downloaded, checked and dropped. */
export const imageAvailability: RunStep = async (args, context) => {
  const { images, timeout } = findJson(args, isRequest);
  const deadline = performance.now() + Math.min(timeout || defaultSeconds, mostSeconds) * 1000;
  // What podman pulls it keeps on a disk.
  const get = context.machine.has('podman') && !context.options.dryRun ? pullByPodman : download;
  const results: ImageAvailabilityResponse['images'] = [];
  for (const image of images) results.push(await measure(image, deadline, context, get));
  return succeed({ images: results } satisfies ImageAvailabilityResponse);
};

/** Gets an image within so many milliseconds; answers its size in bytes. */
type GetImage = (name: string, withinMs: number, context: StepContext) => Promise<number>;

async function measure(name: string, deadline: number, context: StepContext, get: GetImage): Promise<ImageAvailabilityResponse['images'][number]> {
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 10) / 100;
  try {
    const size = await get(name, Math.max(1, deadline - started), context);
    const time = seconds();
    return { name, size_bytes: size, time, download_rate: size / Math.max(time, 0.01) / 1e6, result: 'success' };
  } catch (error) {
    context.signal.throwIfAborted();
    context.log(`${name} was not pulled: ${error instanceof Error ? error.message : String(error)}`);
    return { name, size_bytes: 0, time: seconds(), download_rate: 0, result: 'failure' };
  }
}

const pullByPodman: GetImage = async (name, withinMs, { machine, options, signal }) => {
  const present = await machine.run('podman', ['image', 'exists', name], { signal });
  if (present.end !== 'exited' || present.code !== 0) {
    const authentication = (await exists({ root: machine.hostRoot }, pullSecretPath)) ? [`--authfile=${machine.root}${pullSecretPath}`] : [];
    const trust = options.insecure ? ['--tls-verify=false'] : [];
    const pulled = await machine.run('podman', ['pull', '--quiet', ...authentication, ...trust, name], { signal, timeoutMs: withinMs });
    if (pulled.end !== 'exited' || pulled.code !== 0) throw new Error(`podman ${describeProgramEnd(pulled)}`);
  }
  const inspected = await machine.run('podman', ['image', 'inspect', '--format', '{{.Size}}', name], { signal });
  return Number(inspected.stdout.trim()) || 0;
};

const download: GetImage = async (name, withinMs, { machine, options, fetch, signal }) => {
  const auth = await findAuth(machine, parseImageReference(name)?.registry ?? '');
  return fetchImage(name, { auth, insecure: options.insecure, fetch, signal: timeLimit(withinMs, signal) });
};
