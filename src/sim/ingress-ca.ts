import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, boolean, der, integer, octets, oid, sequence, set, time, utf8 } from './der';

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const year = 365 * 24 * 3_600_000;

function extension(id: string, content: Buffer): Buffer {
  return sequence(oid(id), boolean(true), octets(content));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** A self-signed certificate authority like the one of a new cluster's ingress operator, valid for two years from `at`; PEM that ends with a line feed. */
export function createIngressCa(at: Date): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8(`ingress-operator@${Math.floor(at.getTime() / 1000)}`))));
  const basicConstraints = extension('2.5.29.19', sequence(boolean(true)));
  const keyUsage = extension('2.5.29.15', bits(Buffer.from([0b0000_0100]), 2));
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(at), time(new Date(at.getTime() + 2 * year))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints, keyUsage)),
  );
  const signature = sign('sha256', body, privateKey);
  return pem('CERTIFICATE', sequence(body, ecdsaWithSha256, bits(signature)));
}
