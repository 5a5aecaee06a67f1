import { X509Certificate } from 'node:crypto';
import { ArtefactError } from '../artefact-error';

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, one each, without what stands around them. Throws ArtefactError, by the title, when it holds none or a broken one. */
export function readCertificates(pem: string, title: string): string[] {
  const blocks = pem.match(block) ?? [];
  if (blocks.length === 0) throw new ArtefactError(`${title} is not in PEM form`);
  for (const text of blocks) {
    try {
      new X509Certificate(text);
    } catch {
      throw new ArtefactError(`${title} cannot be read: its PEM holds no X.509 certificate`);
    }
  }
  return blocks.map((text) => `${text}\n`);
}
