import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { exists } from '../machine/read';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { fail, succeed } from '../protocol/step-answer';
import type { ImageAvailabilityRequest, ImageAvailabilityResponse } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

const defaultSeconds = 1800;
/** Where a discovery image keeps the pull secret. */
const pullSecret = '/root/.docker/config.json';

/** What podman takes as the name of an image and never as an option. */
const isImage = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/.test(value);
const isRequest = (value: unknown): value is ImageAvailabilityRequest => isRecord(value) && Array.isArray(value['images']) && value['images'].every(isImage);

/** Pulls the images of the installation and tells how that went. */
export const imageAvailability: RunStep = async (args, context) => {
  const { images, timeout } = findJson(args, isRequest);
  if (!context.machine.has('podman')) return fail(127, 'podman is not installed on this machine: it can pull no image');
  const deadline = performance.now() + (timeout ?? defaultSeconds) * 1000;
  const results: ImageAvailabilityResponse['images'] = [];
  for (const image of images) results.push(await pull(image, deadline, context));
  return succeed({ images: results } satisfies ImageAvailabilityResponse);
};

async function pull(name: string, deadline: number, { machine, log, signal }: StepContext): Promise<ImageAvailabilityResponse['images'][number]> {
  const started = performance.now();
  const present = await machine.run('podman', ['image', 'exists', name], { signal });
  if (present.end !== 'exited' || present.code !== 0) {
    const authentication = (await exists(machine, pullSecret)) ? [`--authfile=${machine.root}${pullSecret}`] : [];
    const pulled = await machine.run('podman', ['pull', '--quiet', ...authentication, name], { signal, timeoutMs: Math.max(1, deadline - started) });
    if (pulled.end !== 'exited' || pulled.code !== 0) {
      log(`${name} was not pulled: podman ${describeProgramEnd(pulled)}`);
      return { name, size_bytes: 0, time: secondsSince(started), download_rate: 0, result: 'failure' };
    }
  }
  const time = secondsSince(started);
  const inspected = await machine.run('podman', ['image', 'inspect', '--format', '{{.Size}}', name], { signal });
  const size = Number(inspected.stdout.trim()) || 0;
  return { name, size_bytes: size, time, download_rate: time > 0 ? size / time / 1e6 : 0, result: 'success' };
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 10) / 100;
}
