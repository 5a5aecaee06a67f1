import { KubeConfig, VersionApi } from '@kubernetes/client-node';
import { X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderKubeconfig } from '../../src/installer/kubeconfig';
import { mergeIngressCa } from '../../src/installer/merge-ingress-ca';
import type { ClusterPki } from '../../src/installer/pki/create-pki';
import { createTestPki } from './test-pki';

let pki: ClusterPki;
let other: ClusterPki;
let api: Server;
/** Of the client of each request that came through. */
const clients: string[] = [];

beforeAll(async () => {
  [pki, other] = await Promise.all([createTestPki(), createTestPki()]);
  const { certificate: cert, privateKey: key } = pki.apiServer;
  api = createServer({ cert, key, ca: pki.adminAuthority.certificate, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    clients.push(String((request.socket as TLSSocket).getPeerCertificate().subject.CN));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ major: '1', minor: '21', gitVersion: 'v1.21.1' }));
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => api.close(resolve)));

function load(text = renderKubeconfig({ name: 'demo', domain: 'example.com', pki })): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(text);
  return config;
}

/** Asks the cluster's API for its version, with the server of this test under the name of the real one. */
async function call(text: string): Promise<string> {
  const { port } = api.address() as AddressInfo;
  const here = text.replace('server: https://api.demo.example.com:6443', `server: https://127.0.0.1:${port}\n      tls-server-name: api.demo.example.com`);
  return (await load(here).makeApiClient(VersionApi).getCode()).gitVersion;
}

describe('the kubeconfig of a new cluster', () => {
  it('is one that the client library of Kubernetes loads', () => {
    const config = load();
    expect([config.getCurrentContext(), config.getContexts().length]).toEqual(['admin', 1]);
    const cluster = config.getCurrentCluster();
    expect([cluster?.name, cluster?.server, cluster?.skipTLSVerify]).toEqual(['demo', 'https://api.demo.example.com:6443', false]);
    expect(Buffer.from(cluster?.caData ?? '', 'base64').toString()).toBe(pki.apiAuthority.certificate);
    const user = config.getCurrentUser();
    const certificate = new X509Certificate(Buffer.from(user?.certData ?? '', 'base64'));
    expect(certificate.subject).toContain('CN=system:admin');
    expect(certificate.subject).toContain('O=system:masters');
    expect(Buffer.from(user?.keyData ?? '', 'base64').toString()).toBe(pki.admin.privateKey);
  });

  it('leads into the cluster as its administrator, by mutual TLS', async () => {
    expect(await call(renderKubeconfig({ name: 'demo', domain: 'example.com', pki }))).toBe('v1.21.1');
    expect(clients.at(-1)).toBe('system:admin');
  });

  it('still does when it trusts the ingress besides', async () => {
    const merged = mergeIngressCa(renderKubeconfig({ name: 'demo', domain: 'example.com', pki }), other.root.certificate);
    expect(await call(merged)).toBe('v1.21.1');
  });

  it('of another cluster does not', async () => {
    const before = clients.length;
    for (const mixed of [other, { ...pki, apiAuthority: other.apiAuthority }, { ...pki, admin: other.admin }]) {
      await expect(call(renderKubeconfig({ name: 'demo', domain: 'example.com', pki: mixed }))).rejects.toThrow();
    }
    expect(clients).toHaveLength(before);
  });
});
