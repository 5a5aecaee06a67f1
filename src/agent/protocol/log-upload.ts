import type { RequestOptions } from './transport';

/** Archives have a hundred megabytes, and lines to a service may be slow. */
const timeoutMs = 10 * 60_000;

/** The request that uploads an archive of logs: a form with the file, and more time than a call gets. */
export function logUpload(archive: Blob, signal?: AbortSignal): RequestOptions {
  const form = new FormData();
  form.set('upfile', archive, 'logs.tar.gz');
  return { form, timeoutMs, ...(signal ? { signal } : {}) };
}
