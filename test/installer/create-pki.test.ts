import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPki, type ClusterPki } from '../../src/installer/pki/create-pki';
import { createTestPki } from './test-pki';

const dir = mkdtempSync(join(tmpdir(), 'pki-'));
let pki: ClusterPki;

beforeAll(async () => {
  pki = await createTestPki();
  for (const [name, { certificate, privateKey }] of Object.entries(pki) as [string, ClusterPki['root']][]) {
    writeFileSync(join(dir, `${name}.crt`), certificate);
    writeFileSync(join(dir, `${name}.key`), privateKey);
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' });

describe('the certificates of a new cluster', () => {
  it.each([
    ['admin', 'adminAuthority', 'sslclient'],
    ['apiServer', 'apiAuthority', 'sslserver'],
    ['machineConfigServer', 'root', 'sslserver'],
  ])('openssl verifies %s by %s, for its purpose only', (name, authority, purpose) => {
    const verify = (by: string, use: string) => openssl('verify', '-x509_strict', '-purpose', use, '-CAfile', `${by}.crt`, `${name}.crt`);
    expect(verify(authority, purpose)).toContain('OK');
    expect(() => verify(authority, purpose === 'sslclient' ? 'sslserver' : 'sslclient')).toThrow();
    expect(() => verify(authority === 'root' ? 'apiAuthority' : 'root', purpose)).toThrow();
  });

  it('belong to their keys and hold for ten years', () => {
    for (const { certificate, privateKey } of Object.values(pki) as ClusterPki['root'][]) {
      const parsed = new X509Certificate(certificate);
      writeFileSync(join(dir, 'one.key'), privateKey);
      expect(openssl('pkey', '-in', 'one.key', '-pubout')).toBe(parsed.publicKey.export({ type: 'spki', format: 'pem' }));
      expect(new Date(parsed.validFrom).getTime()).toBeLessThan(Date.now());
      expect(new Date(parsed.validTo).getUTCFullYear()).toBe(new Date().getUTCFullYear() + 10);
    }
    const serials = Object.values(pki).map(({ certificate }: ClusterPki['root']) => new X509Certificate(certificate).serialNumber);
    expect(new Set(serials).size).toBe(serials.length);
  });

  it('name the administrator and the servers as the cluster expects', () => {
    expect(new X509Certificate(pki.admin.certificate).subject).toBe('O=system:masters\nCN=system:admin');
    expect(new X509Certificate(pki.apiServer.certificate).subjectAltName).toBe('DNS:api.demo.example.com, DNS:api-int.demo.example.com');
    expect(new X509Certificate(pki.root.certificate).ca).toBe(true);
    expect(new X509Certificate(pki.admin.certificate).ca).toBe(false);
    expect(openssl('x509', '-in', 'apiAuthority.crt', '-noout', '-text')).toMatch(/CA:TRUE/);
  });

  it('stay valid beyond 2049, where the notation of years changes', async () => {
    const late = await createPki({ name: 'demo', domain: 'example.com', now: new Date('2045-03-04T05:06:07.890Z') });
    expect(new X509Certificate(late.admin.certificate).validTo).toBe('Mar  4 05:06:07 2055 GMT');
    writeFileSync(join(dir, 'late-ca.crt'), late.adminAuthority.certificate);
    writeFileSync(join(dir, 'late.crt'), late.admin.certificate);
    const at = String(Date.parse('2054-01-01') / 1000);
    expect(openssl('verify', '-x509_strict', '-attime', at, '-purpose', 'sslclient', '-CAfile', 'late-ca.crt', 'late.crt')).toContain('OK');
  });

  it('let the administrator into the API by mutual TLS, and nobody else', async () => {
    const server = createServer(
      { key: pki.apiServer.privateKey, cert: pki.apiServer.certificate, ca: pki.adminAuthority.certificate, requestCert: true, rejectUnauthorized: true },
      (_, response) => response.end('welcome'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const call = (identity: { cert?: string; key?: string }) => new Promise<number | undefined>((resolve, reject) => {
      const options = { host: '127.0.0.1', port: address.port, servername: 'api.demo.example.com', ca: pki.apiAuthority.certificate, agent: false as const };
      request({ ...options, ...identity }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject).end();
    });
    await expect(call({ cert: pki.admin.certificate, key: pki.admin.privateKey })).resolves.toBe(200);
    await expect(call({})).rejects.toThrow();
    await expect(call({ cert: pki.machineConfigServer.certificate, key: pki.machineConfigServer.privateKey })).rejects.toThrow();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
