import { isRecord } from '../protocol/is-record';
import type { ImageReference } from './image-reference';

/** Requests to the registry of one image, with the token it asks for. */
export interface RegistryClient {
  /** A successful answer to a GET below the image's repository. Rejects with the reason in words. */
  get(path: string, accept: string): Promise<Response>;
}

export interface RegistryAccess {
  /** `user:password` in base64, as a pull secret has it. */
  auth: string | undefined;
  /** Speak HTTP where the registry does not speak HTTPS. */
  insecure: boolean;
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** A client of the registry API (OCI distribution specification). */
export function createRegistryClient({ registry, repository }: ImageReference, access: RegistryAccess): RegistryClient {
  const { auth, insecure, fetch: doFetch, signal } = access;
  let scheme = 'https';
  let authorization: string | undefined;
  const basic = auth === undefined ? undefined : `Basic ${auth}`;

  const send = (path: string, accept: string): Promise<Response> =>
    doFetch(`${scheme}://${registry}/v2/${repository}/${path}`, { headers: { accept, ...(authorization === undefined ? {} : { authorization }) }, signal });

  async function sendEitherWay(path: string, accept: string): Promise<Response> {
    try {
      return await send(path, accept);
    } catch (error) {
      signal.throwIfAborted();
      if (!insecure || scheme === 'http') throw new Error(`${registry} does not answer: ${describe(error)}`, { cause: error });
      scheme = 'http';
      return sendEitherWay(path, accept);
    }
  }

  return {
    get: async (path, accept) => {
      let response = await sendEitherWay(path, accept);
      if (response.status === 401) {
        await response.body?.cancel();
        authorization = await authorize(response.headers.get('www-authenticate') ?? '', basic, access);
        response = await sendEitherWay(path, accept);
      }
      if (response.ok) return response;
      await response.body?.cancel();
      throw new Error(`${registry} answers ${response.status} to ${repository}/${path}`);
    },
  };
}

/** What a registry's challenge asks for: the password, or a token from where it says. */
async function authorize(challenge: string, basic: string | undefined, { fetch: doFetch, signal }: RegistryAccess): Promise<string | undefined> {
  if (!/^bearer /i.test(challenge)) return basic;
  const parameters = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
  const realm = parameters.get('realm') ?? '';
  if (!URL.canParse(realm)) throw new Error('the registry does not say where its tokens come from');
  const url = new URL(realm);
  for (const name of ['service', 'scope']) {
    const value = parameters.get(name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await doFetch(url, { headers: basic === undefined ? {} : { authorization: basic }, signal });
  const body: unknown = response.ok ? await response.json() : undefined;
  const token = isRecord(body) ? (body['token'] ?? body['access_token']) : undefined;
  if (typeof token !== 'string') throw new Error(`${url.host} gives no token: ${response.status}`);
  return `Bearer ${token}`;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
