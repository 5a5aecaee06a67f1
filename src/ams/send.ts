import { AmsError } from './ams-error';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** An answer that arrived completely. */
export interface Answer {
  status: number;
  /** The parsed JSON body; undefined when it is empty or not JSON. */
  body: unknown;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends one request and reads its answer. Rejects with an AmsError of status null when there is none. */
export async function send(fetch: Fetch, operation: string, url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error' });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    const aborted = error instanceof Error && error.name === 'AbortError';
    throw new AmsError(null, operation, timedOut ? 'no answer in time' : aborted ? 'aborted' : 'no answer');
  }
}
