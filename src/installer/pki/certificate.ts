// The library's dependency injection needs the polyfill before it is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export interface Subject {
  commonName: string;
  organization?: string;
  organizationalUnit?: string;
}

export interface CertificateOrder {
  subject: Subject;
  publicKey: webcrypto.CryptoKey;
  issuer: { subject: Subject; publicKey: webcrypto.CryptoKey; privateKey: webcrypto.CryptoKey };
  usage: 'authority' | 'client' | 'server';
  /** DNS names of a server. */
  dnsNames?: readonly string[];
  notBefore: Date;
  notAfter: Date;
}

x509.cryptoProvider.set(webcrypto);

/** An X.509 v3 certificate (RFC 5280) as PEM that ends with a line feed; keys are of the curve P-256. */
export async function issueCertificate(order: CertificateOrder): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create({
    subject: toName(order.subject),
    issuer: toName(order.issuer.subject),
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    publicKey: order.publicKey,
    signingKey: order.issuer.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: await extensions(order),
  });
  return `${certificate.toString('pem')}\n`;
}

function toName({ organizationalUnit, organization, commonName }: Subject): x509.JsonName {
  return [
    ...(organizationalUnit === undefined ? [] : [{ OU: [organizationalUnit] }]),
    ...(organization === undefined ? [] : [{ O: [organization] }]),
    { CN: [commonName] },
  ];
}

async function extensions({ usage, publicKey, issuer, dnsNames = [] }: CertificateOrder): Promise<x509.Extension[]> {
  const isAuthority = usage === 'authority';
  const { digitalSignature, keyEncipherment, keyCertSign } = x509.KeyUsageFlags;
  const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;
  return [
    new x509.KeyUsagesExtension(digitalSignature | keyEncipherment | (isAuthority ? keyCertSign : 0), true),
    new x509.BasicConstraintsExtension(isAuthority, undefined, true),
    ...(isAuthority ? [] : [new x509.ExtendedKeyUsageExtension([usage === 'client' ? clientAuth : serverAuth])]),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ...(dnsNames.length > 0 ? [new x509.SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: 'dns', value })))] : []),
  ];
}
