import { timeLimit } from '../../signals/time-limit';
import { apiBase } from './api-base';
import { RequestFailed } from './request-failed';

export interface TransportOptions {
  /** Address of the service, with or without the API's path. */
  url: string;
  /** Sent with each request. */
  headers: Record<string, string>;
  /** For one whole request; default 30 s. */
  timeoutMs?: number;
  fetch?: typeof fetch;
}

export interface RequestOptions {
  /** Sent as JSON. */
  json?: unknown;
  form?: FormData;
  headers?: Record<string, string>;
  /** In the place of the transport's. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** HTTP calls to one service over kept-alive connections; paths begin after the API's base. */
export interface Transport {
  /** The raw answer whatever its status; rejects with RequestFailed (status 0) when none comes. */
  send(method: string, path: string, options?: RequestOptions): Promise<Response>;
  /** The parsed body of a successful answer, undefined when it is empty; any other answer rejects with RequestFailed (status 0 for one that breaks off, and for what is no JSON: the service did not write it). */
  call<T>(method: string, path: string, options?: RequestOptions): Promise<T>;
  /** The body of a successful answer as it came. */
  text(method: string, path: string, options?: RequestOptions): Promise<string>;
}

interface ErrorBody {
  reason?: unknown;
  message?: unknown;
}

function readReason(text: string): string {
  try {
    const body = JSON.parse(text) as ErrorBody | null;
    const reason = body?.reason ?? body?.message;
    return typeof reason === 'string' ? reason : text.slice(0, 300);
  } catch {
    return text.slice(0, 300);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function toFailure(error: unknown, call: string, { signal }: RequestOptions): Error {
  signal?.throwIfAborted();
  return new RequestFailed(0, describe(error), call, { cause: error });
}

/** A transport; an abort of the caller's signal rejects with its reason, not with RequestFailed. */
export function createTransport({ url, headers, timeoutMs = 30_000, fetch: doFetch = fetch }: TransportOptions): Transport {
  const base = apiBase(url);

  async function send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const json = options.json === undefined ? undefined : JSON.stringify(options.json);
    const body = json ?? options.form;
    try {
      return await doFetch(`${base}${path}`, {
        method,
        headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
        signal: timeLimit(options.timeoutMs ?? timeoutMs, options.signal),
        redirect: 'follow',
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      throw toFailure(error, `${method} ${path}`, options);
    }
  }

  async function text(method: string, path: string, options: RequestOptions = {}): Promise<string> {
    const response = await send(method, path, options);
    const body = await response.text().catch((error: unknown) => Promise.reject(toFailure(error, `${method} ${path}`, options)));
    if (!response.ok) throw new RequestFailed(response.status, readReason(body), `${method} ${path}`);
    return body;
  }

  return {
    send,
    text,
    call: async <T>(method: string, path: string, options: RequestOptions = {}) => {
      const body = await text(method, path, options);
      try {
        return (body === '' ? undefined : JSON.parse(body)) as T;
      } catch (error) {
        throw new RequestFailed(0, `what came is no JSON: ${body.slice(0, 100)}`, `${method} ${path}`, { cause: error });
      }
    },
  };
}
