// The library's dependency injection needs the polyfill before it is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** What a certificate signing request asks for. */
export interface RequestedCertificate {
  commonName: string;
  organizations: string[];
  dnsNames: string[];
  ipAddresses: string[];
  /** Other kinds of names, which no kubelet asks for. */
  otherNames: number;
}

x509.cryptoProvider.set(webcrypto);

/** Reads a PKCS #10 request (PEM) that is signed with the key it is for; undefined when it is not one. */
export async function readRequest(pem: string): Promise<RequestedCertificate | undefined> {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem);
    if (!(await request.verify())) return undefined;
    const names = request.extensions.flatMap((extension) => (extension instanceof x509.SubjectAlternativeNameExtension ? extension.names.items : []));
    const valuesOf = (type: string): string[] => names.filter((name) => name.type === type).map((name) => name.value);
    return {
      commonName: request.subjectName.getField('CN').join(','),
      organizations: request.subjectName.getField('O'),
      dnsNames: valuesOf('dns'),
      ipAddresses: valuesOf('ip'),
      otherNames: names.filter((name) => name.type !== 'dns' && name.type !== 'ip').length,
    };
  } catch {
    return undefined;
  }
}
