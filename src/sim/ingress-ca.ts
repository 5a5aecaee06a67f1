// The library's dependency injection needs the polyfill before it is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const year = 365 * 24 * 3_600_000;

x509.cryptoProvider.set(webcrypto);

/** A self-signed certificate authority like the one of a new cluster's ingress operator, valid for two years from `at`; PEM that ends with a line feed. */
export async function createIngressCa(at: Date): Promise<string> {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`ingress-operator@${Math.floor(at.getTime() / 1000)}`] }],
    notBefore: at,
    notAfter: new Date(at.getTime() + 2 * year),
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}
