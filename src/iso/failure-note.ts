import type { ImageAddress, ImageStore } from './image-store';

/** Which image of a version a note is about. */
export type PublishedImage = 'live' | 'minimal';

type NoteStore = Pick<ImageStore, 'putObject' | 'deleteObject' | 'headObject' | 'readRange'>;

const addressOf = (rhcosVersion: string, image: PublishedImage): ImageAddress => ({ bucket: 'private', key: `base-image-failures/${rhcosVersion}-${image}.txt` });

/** Runs the publishing of an image; why it failed is noted beside the images for whoever asks, until it succeeds. */
export async function noting<T>(store: NoteStore, rhcosVersion: string, image: PublishedImage, publish: () => Promise<T>): Promise<T> {
  const address = addressOf(rhcosVersion, image);
  try {
    const result = await publish();
    await store.deleteObject(address);
    return result;
  } catch (error) {
    // The failure itself is what the caller must learn, also when it cannot be noted.
    await store.putObject(address, error instanceof Error ? error.message : 'unknown', { contentType: 'text/plain' }).catch(() => undefined);
    throw error;
  }
}

/** Why an image could not be published; undefined when nothing is known against it. */
export async function findFailure(store: NoteStore, rhcosVersion: string, image: PublishedImage): Promise<string | undefined> {
  const address = addressOf(rhcosVersion, image);
  const note = await store.headObject(address);
  if (!note) return undefined;
  return Buffer.from(await store.readRange(address, { offset: 0, length: note.sizeBytes, etag: note.etag })).toString();
}
