import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';

const timeoutMs = 20_000;
const headers = { 'user-agent': 'Ignition/2.9.0 (live system for development)', accept: 'application/vnd.coreos.ignition+json;version=3.1.0' };

/** A configuration from a server that one of the authorities (PEM), or of the usual ones, vouches for. Rejects when it gives none. */
export async function fetchConfig(url: string, authorities: readonly string[]): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.startsWith('https:')
      ? getHttps(url, { headers, signal, ca: [...rootCertificates, ...authorities] }, resolve)
      : getHttp(url, { headers, signal }, resolve);
    request.once('error', reject);
  });
  const body = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode ?? 0}`);
  return body;
}
