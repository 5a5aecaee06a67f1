import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { rootCertificates } from 'node:tls';

/** Whom to trust as the service. */
export interface ServiceTrust {
  /** PEM, beside the authorities of the platform. */
  ca?: string | undefined;
  skipVerification: boolean;
}

function collect(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks)));
    response.on('error', reject);
  });
}

const bodyless = new Set([204, 205, 304]);

/**
 * A fetch for one service whose certificate the platform alone would not trust: the platform's own fetch takes no authorities.
 * Answers are read whole; redirects are answered, not followed.
 */
export function createServiceFetch({ ca, skipVerification }: ServiceTrust): typeof fetch {
  const https = new HttpsAgent({ keepAlive: true, rejectUnauthorized: !skipVerification, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) });
  const http = new HttpAgent({ keepAlive: true });
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const options = { method: request.method, headers: { ...Object.fromEntries(request.headers), 'content-length': String(body.length) }, signal: request.signal };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = url.protocol === 'https:' ? requestHttps(url, { ...options, agent: https }, resolve) : requestHttp(url, { ...options, agent: http }, resolve);
      sent.once('error', reject);
      sent.end(body);
    });
    const status = answer.statusCode ?? 500;
    const content = await collect(answer);
    const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]]));
    return new Response(bodyless.has(status) ? null : content, { status, headers });
  };
}
