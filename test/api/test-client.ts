import type { createApp } from '../../src/api/app';

export const basePath = '/api/assisted-install/v1';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined when it is no JSON. */
  json: Record<string, unknown>;
  list: Record<string, unknown>[];
}

export type TestClient = ReturnType<typeof createTestClient>;

/** Sends requests to an application in this process, with the headers of one caller. Paths are below the base path. */
export function createTestClient(app: ReturnType<typeof createApp>, credentials: Record<string, string>) {
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await app.request(path.startsWith('//') ? path.slice(1) : `${basePath}${path}`, {
      method,
      headers: {
        ...credentials,
        ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    });
    const answer = await response.text();
    const parsed: unknown = parse(answer);
    return { status: response.status, headers: response.headers, text: answer, json: parsed as Record<string, unknown>, list: parsed as Record<string, unknown>[] };
  };
  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) => send('POST', path, body, headers),
    patch: (path: string, body?: unknown) => send('PATCH', path, body),
    put: (path: string, body?: unknown) => send('PUT', path, body),
    delete: (path: string) => send('DELETE', path),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
