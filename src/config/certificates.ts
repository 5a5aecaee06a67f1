import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** One or more X.509 certificates as PEM. */
export const certificates = z.string().refine(areCertificates, 'must be X.509 certificates as PEM');

function areCertificates(text: string): boolean {
  const blocks = text.match(block) ?? [];
  return blocks.length > 0 && blocks.every((pem) => {
    try {
      return new X509Certificate(pem).serialNumber !== '';
    } catch {
      return false;
    }
  });
}
