import type { DownloadStream } from '../services/clusters/open-object';

/**
 * An answer before it is sent. Headers stay a plain object until the end: the HTTP server writes those without building
 * a Headers object, which is a large part of the price of a small answer.
 */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  /** A stream is read to its end or destroyed. */
  body: string | DownloadStream | null;
  /** Length of the body where it is known. */
  bytes: number;
}

export const jsonType = 'application/json';

/** An answer whose JSON text is there already. */
export const jsonTextReply = (text: string, status = 200): Reply => ({
  status,
  headers: { 'Content-Type': jsonType },
  body: text,
  bytes: text.length,
});

export function jsonReply(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  const text = JSON.stringify(value);
  return { status, headers: { 'Content-Type': jsonType, ...headers }, body: text, bytes: text.length };
}

/** An answer that only has a status. */
export const emptyReply = (status: number): Reply => ({ status, headers: {}, body: null, bytes: 0 });
