import { baseImageAddress } from '../iso/base-image';
import { findFailure, type PublishedImage } from '../iso/failure-note';
import { minimalTemplateAddress } from '../iso/minimal/minimal-template';
import type { Metrics } from '../observability/metrics';
import type { Store } from '../store/store';

/** Whether an image of a version is in the public bucket, and why not. */
export interface ImageState {
  rhcosVersion: string;
  image: PublishedImage;
  present: boolean;
  /** Why it could not be published; undefined while nothing is known against it. */
  failure: string | undefined;
}

export interface BaseImageWatch {
  /** Looks at every image once. Rejects when the object store does not answer; what was known stays. */
  look(): Promise<ImageState[]>;
  /** What the last look found; empty before the first. */
  states(): ImageState[];
}

/** Least time between two requests to publish what is missing. */
const askAgainMs = 30_000;

export interface BaseImageWatchParts {
  store: Store;
  metrics: Metrics;
  settings: { OPENSHIFT_VERSIONS: Readonly<Record<string, { rhcos_version: string }>> };
  /** Has the images of a version published, unless that is under way. */
  requestBaseImage: (rhcosVersion: string) => Promise<void>;
  log: { warn(fields: object, message: string): void };
}

/** Watches the images of all versions. Those that are missing, also because somebody deleted them, are published again. */
export function createBaseImageWatch({ settings, store, metrics, requestBaseImage, log }: BaseImageWatchParts, now: () => number = Date.now): BaseImageWatch {
  const versions = [...new Set(Object.values(settings.OPENSHIFT_VERSIONS).map((version) => version.rhcos_version))];
  const askedAt = new Map<string, number>();
  let known: ImageState[] = [];

  async function lookAt(rhcosVersion: string, image: PublishedImage): Promise<ImageState> {
    const present = (await store.headObject(image === 'live' ? baseImageAddress(rhcosVersion) : minimalTemplateAddress(rhcosVersion))) !== undefined;
    return { rhcosVersion, image, present, failure: present ? undefined : await findFailure(store, rhcosVersion, image) };
  }

  async function publish(rhcosVersion: string): Promise<void> {
    if (now() - (askedAt.get(rhcosVersion) ?? -Infinity) < askAgainMs) return;
    askedAt.set(rhcosVersion, now());
    try {
      await requestBaseImage(rhcosVersion);
    } catch (error) {
      log.warn({ rhcosVersion, reason: error instanceof Error ? error.message : 'unknown' }, 'A missing base image could not be asked for.');
    }
  }

  return {
    async look() {
      known = await Promise.all(versions.flatMap((version) => [lookAt(version, 'live'), lookAt(version, 'minimal')]));
      for (const { rhcosVersion, image, present } of known) metrics.setBaseImage({ rhcosVersion, image, present });
      const missing = new Set(known.filter(({ present }) => !present).map(({ rhcosVersion }) => rhcosVersion));
      await Promise.all([...missing].map(publish));
      return known;
    },
    states: () => known,
  };
}
