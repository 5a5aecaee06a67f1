import type { Download } from './open-object';

/**
 * Does what has to be done before a file may go out, e.g. records who gets it. When that fails the file stays here, and the
 * connection to the S3 server that was opened for it is ended.
 */
export async function tellOfDownload<T extends Download>(download: T, tell: () => Promise<unknown>): Promise<T> {
  try {
    await tell();
    return download;
  } catch (error) {
    if ('stream' in download.content) download.content.stream?.destroy();
    throw error;
  }
}
