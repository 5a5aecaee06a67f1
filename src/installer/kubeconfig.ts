import { stringify } from 'yaml';
import type { ClusterPki } from './pki/create-pki';

/** The administrator's way into the new cluster, by its API's own authority; the one of the ingress is added when it exists. */
export function renderKubeconfig({ name, domain, pki }: { name: string; domain: string; pki: ClusterPki }): string {
  const encode = (pem: string) => Buffer.from(pem).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { 'certificate-authority-data': encode(pki.apiAuthority.certificate), server: `https://api.${name}.${domain}:6443` } }],
    contexts: [{ name: 'admin', context: { cluster: name, user: 'admin' } }],
    'current-context': 'admin',
    preferences: {},
    users: [{ name: 'admin', user: { 'client-certificate-data': encode(pki.admin.certificate), 'client-key-data': encode(pki.admin.privateKey) } }],
  }, { lineWidth: 0 });
}
