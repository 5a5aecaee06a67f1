import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ArtefactError } from '../../src/installer/artefact-error';
import { renderKubeconfig } from '../../src/installer/kubeconfig';
import { mergeIngressCa } from '../../src/installer/merge-ingress-ca';
import { createTestPki } from './test-pki';

interface Kubeconfig {
  clusters: { name: string; cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { user: Record<string, string> }[];
  'current-context': string;
}

const pki = await createTestPki();
const ingress = (await createTestPki()).root.certificate;
const kubeconfig = renderKubeconfig({ name: 'demo', domain: 'example.com', pki });
const read = (yaml: string) => parse(yaml) as Kubeconfig;
const authorityOf = (yaml: string) => Buffer.from(read(yaml).clusters[0]?.cluster['certificate-authority-data'] ?? '', 'base64').toString();

describe('the authorities of the ingress', () => {
  it('come before those of the API, all else stays', () => {
    const merged = mergeIngressCa(kubeconfig, ingress);
    expect(authorityOf(merged)).toBe(ingress + pki.apiAuthority.certificate);
    const [before, after] = [read(kubeconfig), read(merged)];
    expect(after.users).toEqual(before.users);
    expect(after.clusters[0]?.cluster.server).toBe('https://api.demo.example.com:6443');
    expect(after['current-context']).toBe('admin');
  });

  it('are taken without a line break at their end, several, and with text around them', () => {
    expect(authorityOf(mergeIngressCa(kubeconfig, ingress.trimEnd()))).toBe(ingress + pki.apiAuthority.certificate);
    expect(authorityOf(mergeIngressCa(kubeconfig, `subject=x\n${ingress}\n${pki.root.certificate}`))).toBe(ingress + pki.root.certificate + pki.apiAuthority.certificate);
  });

  it('go to each cluster', () => {
    const two = read(kubeconfig);
    const [first] = two.clusters;
    if (first) two.clusters.push(structuredClone({ ...first, name: 'second' }));
    const merged = read(mergeIngressCa(stringify(two), ingress));
    expect(merged.clusters.map(({ cluster }) => Buffer.from(cluster['certificate-authority-data'], 'base64').toString().startsWith(ingress))).toEqual([true, true]);
  });

  it.each([
    ['empty', ''],
    ['no PEM', 'hello'],
    ['a PEM of something else', pki.root.privateKey],
    ['a broken certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('are refused when they are %s', (_, text) => {
    expect(() => mergeIngressCa(kubeconfig, text)).toThrow(ArtefactError);
  });

  it('are refused for a kubeconfig without clusters', () => {
    expect(() => mergeIngressCa('apiVersion: v1\n', ingress)).toThrow(ArtefactError);
  });
});
