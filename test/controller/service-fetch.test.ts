import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServiceFetch } from '../../src/controller/service-fetch';
import { issueCertificate } from '../../src/installer/pki/certificate';
import { KeyObject, webcrypto } from 'node:crypto';

let ca: string;
let url: string;
let close: () => void;

beforeAll(async () => {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const authority = { subject: { commonName: 'authority' }, ...keys };
  const term = { issuer: authority, publicKey: keys.publicKey, notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 3_600_000) };
  ca = await issueCertificate({ ...term, subject: authority.subject, usage: 'authority' });
  const cert = await issueCertificate({ ...term, subject: { commonName: 'service' }, usage: 'server', dnsNames: ['localhost'] });
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
  const server = createServer({ cert, key }, (request, response) => {
    void text(request).then((body) => response.writeHead(request.url === '/none' ? 204 : 201, { 'x-seen': `${request.method} ${request.headers['content-type'] ?? ''}` }).end(request.url === '/none' ? undefined : body));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  url = `https://localhost:${typeof address === 'object' && address ? address.port : ''}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterAll(() => close());

describe('the fetch of a service with an authority of its own', () => {
  it('trusts that authority, and sends and reads bodies of all kinds', async () => {
    const trusting = createServiceFetch({ ca, skipVerification: false });
    const answer = await trusting(`${url}/a`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });
    expect([answer.status, answer.headers.get('x-seen'), await answer.json()]).toEqual([201, 'POST application/json', { a: 1 }]);
    const form = new FormData();
    form.set('upfile', new Blob(['logs']), 'logs.tar.gz');
    expect(await (await trusting(`${url}/b`, { method: 'POST', body: form })).text()).toContain('filename="logs.tar.gz"');
    expect((await trusting(`${url}/none`)).status).toBe(204);
  });

  it('refuses a service that nobody vouches for, unless it is told not to look', async () => {
    await expect(createServiceFetch({ skipVerification: false })(url)).rejects.toThrow();
    expect((await createServiceFetch({ skipVerification: true })(url)).status).toBe(201);
  });

  it('ends with the signal', async () => {
    await expect(createServiceFetch({ ca, skipVerification: false })(url, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow();
  });
});
