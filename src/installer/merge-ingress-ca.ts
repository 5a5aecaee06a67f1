import { parse, stringify } from 'yaml';
import { ArtefactError } from './artefact-error';
import { readCertificates } from './pki/read-certificates';

/**
 * Puts the authorities of the cluster's ingress in front of those each cluster of a kubeconfig trusts already.
 * `ingressCaPem` holds one or more certificates, text around them is dropped. Throws ArtefactError when it holds none or a broken one.
 */
export function mergeIngressCa(kubeconfigYaml: string, ingressCaPem: string): string {
  const ingress = readCertificates(ingressCaPem, 'the ingress certificate');
  const kubeconfig: unknown = parse(kubeconfigYaml);
  const clusters = isObject(kubeconfig) && Array.isArray(kubeconfig.clusters) ? kubeconfig.clusters : [];
  if (clusters.length === 0) throw new ArtefactError('the kubeconfig names no cluster');
  for (const entry of clusters as unknown[]) {
    const cluster = isObject(entry) && isObject(entry.cluster) ? entry.cluster : undefined;
    const data = cluster?.['certificate-authority-data'];
    if (!cluster || typeof data !== 'string') throw new ArtefactError('a cluster of the kubeconfig has no certificate authority');
    const present = readCertificates(Buffer.from(data, 'base64').toString(), 'the certificate authority of the kubeconfig');
    cluster['certificate-authority-data'] = Buffer.from([...ingress, ...present].join('')).toString('base64');
  }
  return stringify(kubeconfig, { lineWidth: 0 });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
