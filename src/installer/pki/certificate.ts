import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { der } from './der';

export interface Subject {
  commonName: string;
  organization?: string;
  organizationalUnit?: string;
}

export interface CertificateOrder {
  subject: Subject;
  publicKey: KeyObject;
  issuer: { subject: Subject; publicKey: KeyObject; privateKey: KeyObject };
  usage: 'authority' | 'client' | 'server';
  /** DNS names of a server. */
  dnsNames?: readonly string[];
  notBefore: Date;
  notAfter: Date;
}

const oid = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
};

/** An X.509 v3 certificate (RFC 5280) as PEM; keys are of the curve P-256. */
export function issueCertificate(order: CertificateOrder): string {
  const { issuer } = order;
  const algorithm = der.sequence(der.objectId(oid.ecdsaWithSha256));
  const content = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(randomBytes(16)),
    algorithm,
    encodeName(issuer.subject),
    der.sequence(der.time(order.notBefore), der.time(order.notAfter)),
    encodeName(order.subject),
    order.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...extensions(order))),
  );
  const signature = sign('sha256', content, issuer.privateKey);
  return toPem('CERTIFICATE', der.sequence(content, algorithm, der.bitString(signature)));
}

function encodeName({ organizationalUnit, organization, commonName }: Subject): Buffer {
  const attribute = (id: string, text: string | undefined) =>
    (text === undefined ? [] : [der.set(der.sequence(der.objectId(id), der.utf8String(text)))]);
  return der.sequence(
    ...attribute(oid.organizationalUnit, organizationalUnit),
    ...attribute(oid.organization, organization),
    ...attribute(oid.commonName, commonName),
  );
}

function extensions({ usage, publicKey, issuer, dnsNames = [] }: CertificateOrder): Buffer[] {
  const isAuthority = usage === 'authority';
  const extension = (id: string, critical: boolean, value: Buffer) =>
    der.sequence(der.objectId(id), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
  // Bits from the left: digitalSignature 0, keyEncipherment 2, keyCertSign 5.
  const keyUsage = isAuthority ? der.bitString(Buffer.from([0b1010_0100]), 2) : der.bitString(Buffer.from([0b1010_0000]), 5);
  const names = dnsNames.map((name) => der.implicit(2, Buffer.from(name, 'latin1')));
  return [
    extension(oid.keyUsage, true, keyUsage),
    extension(oid.basicConstraints, true, der.sequence(...(isAuthority ? [der.boolean(true)] : []))),
    ...(isAuthority ? [] : [extension(oid.extendedKeyUsage, false, der.sequence(der.objectId(usage === 'client' ? oid.clientAuth : oid.serverAuth)))]),
    extension(oid.subjectKeyId, false, der.octetString(keyId(publicKey))),
    extension(oid.authorityKeyId, false, der.sequence(der.implicit(0, keyId(issuer.publicKey)))),
    ...(names.length > 0 ? [extension(oid.subjectAltName, false, der.sequence(...names))] : []),
  ];
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(key.export({ type: 'spki', format: 'der' })).digest();
}

function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
