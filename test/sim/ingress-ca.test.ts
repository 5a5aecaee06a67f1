import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createIngressCa } from '../../src/sim/ingress-ca';

const now = new Date();

it('the certificate of the ingress is a real authority', async () => {
  const pem = await createIngressCa(now);
  expect(pem).toMatch(/-----END CERTIFICATE-----\n$/);
  const certificate = new X509Certificate(pem);
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(certificate.subject).toBe(`CN=ingress-operator@${Math.floor(now.getTime() / 1000)}`);
  expect(new Date(certificate.validTo).getTime() - new Date(certificate.validFrom).getTime()).toBe(2 * 365 * 24 * 3_600_000);
});

it('openssl accepts it as the authority it is', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ingress-ca-'));
  try {
    const file = join(dir, 'ca.crt');
    writeFileSync(file, await createIngressCa(now));
    expect(execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', file, file], { encoding: 'utf8', stdio: 'pipe' })).toContain('OK');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
