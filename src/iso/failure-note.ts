import { randomUUID } from 'node:crypto';
import type { ImageAddress, ImageStore } from './image-store';

/** Which image of a version a note is about. */
export type PublishedImage = 'live' | 'minimal';

type NoteStore = Pick<ImageStore, 'putObject' | 'deleteObject' | 'headObject' | 'readRange'>;

/** Note of an attempt of which nobody knows yet how it ends; its origin names the attempt. */
const underWay = 'under way';

const addressOf = (rhcosVersion: string, image: PublishedImage): ImageAddress => ({ bucket: 'private', key: `base-image-failures/${rhcosVersion}-${image}.txt` });

/**
 * Runs an attempt to publish an image; why it failed is noted beside the images for whoever asks, until the next attempt begins. An
 * attempt that was ended (a worker that stops, a lost heartbeat) tells nothing of the image, nor does one that another has followed.
 */
export async function noting<T>(store: NoteStore, rhcosVersion: string, image: PublishedImage, signal: AbortSignal, publish: () => Promise<T>): Promise<T> {
  const address = addressOf(rhcosVersion, image);
  const attempt = { contentType: 'text/plain', origin: randomUUID() };
  await store.putObject(address, underWay, { ...attempt, signal });
  try {
    const result = await publish();
    await store.deleteObject(address);
    return result;
  } catch (error) {
    const note = async (): Promise<void> => {
      if ((await store.headObject(address))?.origin !== attempt.origin) return;
      await store.putObject(address, error instanceof Error ? error.message : 'unknown', attempt);
    };
    // The failure itself is what the caller must learn, also when it cannot be noted.
    if (!signal.aborted) await note().catch(() => undefined);
    throw error;
  }
}

/** Drops what is known against an image: the cause is being seen to. */
export async function forgetFailure(store: NoteStore, rhcosVersion: string, image: PublishedImage): Promise<void> {
  await store.deleteObject(addressOf(rhcosVersion, image));
}

/** Why an image could not be published the last time; undefined when nothing is known against it, also while it is tried again. */
export async function findFailure(store: NoteStore, rhcosVersion: string, image: PublishedImage): Promise<string | undefined> {
  const address = addressOf(rhcosVersion, image);
  const note = await store.headObject(address);
  if (!note) return undefined;
  try {
    const told = Buffer.from(await store.readRange(address, { offset: 0, length: note.sizeBytes, etag: note.etag })).toString();
    return told === underWay ? undefined : told;
  } catch (error) {
    const wasReplaced = (await store.headObject(address))?.etag !== note.etag;
    if (wasReplaced) return findFailure(store, rhcosVersion, image);
    throw error;
  }
}
