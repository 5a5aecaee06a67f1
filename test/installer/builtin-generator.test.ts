import { compare } from 'bcryptjs';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findDataUrlText } from '../../src/domain/ignition/data-url';
import { parseIgnition } from '../../src/domain/ignition/parse-ignition';
import { ArtefactError } from '../../src/installer/artefact-error';
import type { ArtefactInput } from '../../src/installer/artefact-generator';
import { createBuiltinGenerator } from '../../src/installer/builtin-generator';
import { hostIdOf, makeHost, makeSnapshot, now } from '../domain/validations/fixtures';

const openshiftClusterId = '11111111-2222-4333-8444-555555555555';
const pullSecret = '{"auths":{"a.example.com":{"auth":"c2VjcmV0LXB1bGw="}}}';
const hosts = [makeHost(1, { bootstrap: true }), makeHost(2, { requestedHostname: 'second' }), makeHost(3, { role: 'worker' }), makeHost(4, { status: 'disabled' })];
const input: ArtefactInput = { run: 'one', snapshot: makeSnapshot(hosts, { sshPublicKey: 'ssh-ed25519 AAAA user' }), pullSecret, now, openshiftClusterId };
const generate = async (changes: Partial<ArtefactInput> = {}) => {
  const { files, openshiftClusterId: id } = await createBuiltinGenerator().generate({ ...input, ...changes });
  return { id, files, text: (name: string) => String(files[name]) };
};
const fileIn = (ignition: string, path: string) =>
  findDataUrlText(parseIgnition(ignition).storage?.files?.find((file) => file.path === path)?.contents?.source ?? '') ?? '';

describe('the artefacts of an installation', () => {
  it('are complete, with one ignition for each host that takes part', async () => {
    const { files, id } = await generate();
    expect(Object.keys(files).sort()).toEqual([
      'bootstrap.ign', 'install-config.yaml', 'kubeadmin-password', 'kubeconfig-noingress', `master-${hostIdOf(1)}.ign`, `master-${hostIdOf(2)}.ign`, 'master.ign',
      'metadata.json', `worker-${hostIdOf(3)}.ign`, 'worker.ign',
    ]);
    expect(id).toBe(openshiftClusterId);
    for (const [name, content] of Object.entries(files)) if (name.endsWith('.ign')) parseIgnition(String(content));
  });

  it('name the cluster in its manifests and metadata', async () => {
    const { text } = await generate();
    expect(parse(fileIn(text('bootstrap.ign'), '/opt/openshift/manifests/cvo-overrides.yaml'))).toEqual({
      apiVersion: 'config.openshift.io/v1',
      kind: 'ClusterVersion',
      metadata: { namespace: 'openshift-cluster-version', name: 'version' },
      spec: { channel: 'stable-4.8', clusterID: openshiftClusterId },
    });
    expect(JSON.parse(text('metadata.json'))).toEqual({ clusterName: 'demo', clusterID: openshiftClusterId, infraID: expect.stringMatching(/^demo-[a-z0-9]{5}$/), baremetal: {} });
  });

  it('hold the user\'s manifests, in the place of those of the same name', async () => {
    const manifests = [{ path: 'openshift/99-extra.yaml', content: 'kind: MachineConfig' }, { path: 'manifests/cluster-config.yaml', content: 'kind: ConfigMap' }];
    const bootstrap = (await generate({ manifests })).text('bootstrap.ign');
    expect(fileIn(bootstrap, '/opt/openshift/openshift/99-extra.yaml')).toBe('kind: MachineConfig');
    expect(fileIn(bootstrap, '/opt/openshift/manifests/cluster-config.yaml')).toBe('kind: ConfigMap');
  });

  it('hold a fresh kubeadmin password whose hash the cluster gets', async () => {
    const [first, second] = [await generate(), await generate()];
    expect(first.text('kubeadmin-password')).toMatch(/^([a-zA-Z2-9]{5}-){3}[a-zA-Z2-9]{5}$/);
    expect(second.text('kubeadmin-password')).not.toBe(first.text('kubeadmin-password'));
    const secret = parse(fileIn(first.text('bootstrap.ign'), '/opt/openshift/openshift/99_kubeadmin-password-secret.yaml')) as { data: { kubeadmin: string } };
    const hash = Buffer.from(secret.data.kubeadmin, 'base64').toString();
    expect(hash).toMatch(/^\$2[aby]\$10\$/);
    expect(await compare(first.text('kubeadmin-password'), hash)).toBe(true);
    expect(await compare(second.text('kubeadmin-password'), hash)).toBe(false);
  });

  it('lead the administrator into the cluster', async () => {
    const { text } = await generate();
    const kubeconfig = parse(text('kubeconfig-noingress')) as { users: { user: Record<string, string> }[]; clusters: { cluster: Record<string, string> }[] };
    const decode = (value: string | undefined) => Buffer.from(value ?? '', 'base64').toString();
    const authority = new X509Certificate(fileIn(text('bootstrap.ign'), '/opt/openshift/tls/admin-kubeconfig-signer.crt'));
    const admin = new X509Certificate(decode(kubeconfig.users[0]?.user['client-certificate-data']));
    expect(admin.verify(authority.publicKey)).toBe(true);
    expect(decode(kubeconfig.clusters[0]?.cluster['certificate-authority-data'])).toBe(fileIn(text('bootstrap.ign'), '/opt/openshift/tls/kube-apiserver-lb-signer.crt'));
    expect(fileIn(text('bootstrap.ign'), '/opt/openshift/auth/kubeconfig')).toBe(text('kubeconfig-noingress'));
  });

  it('send each host to the configuration of its role, under its own name', async () => {
    const overridden = makeHost(3, { role: 'worker', ignitionConfigOverrides: '{"ignition":{"version":"3.2.0"},"storage":{"files":[{"path":"/etc/own","contents":{"source":"data:,x"}}]}}' });
    const { text } = await generate({ snapshot: makeSnapshot([...hosts.slice(0, 2), overridden]) });
    const second = parseIgnition(text(`master-${hostIdOf(2)}.ign`));
    expect(second.ignition).toMatchObject({ config: { merge: [{ source: 'https://api-int.demo.example.com:22623/config/master' }] } });
    expect(fileIn(text(`master-${hostIdOf(2)}.ign`), '/etc/hostname')).toBe('second');
    expect(fileIn(text(`master-${hostIdOf(1)}.ign`), '/etc/hostname')).toBe('node-1');
    const third = text(`worker-${hostIdOf(3)}.ign`);
    expect(parseIgnition(third).ignition.version).toBe('3.2.0');
    expect(fileIn(third, '/etc/own')).toBe('x');
    expect(JSON.stringify(parseIgnition(third).ignition)).toContain('/config/worker');
  });

  it('mark the bootstrap host, but not a single node, which fetches nothing', async () => {
    const marker = '/opt/openshift/assisted-install-bootstrap';
    const paths = (text: string) => parseIgnition(text).storage?.files?.map((file) => file.path);
    expect(paths((await generate()).text('bootstrap.ign'))).toContain(marker);
    const single = await generate({ snapshot: makeSnapshot([makeHost(1, { bootstrap: true })], { highAvailabilityMode: 'None' }) });
    expect(paths(single.text('bootstrap.ign'))).not.toContain(marker);
    expect(JSON.parse(single.text('master.ign'))).toEqual({ ignition: { version: '3.1.0' } });
    expect(JSON.parse(single.text('metadata.json'))).toHaveProperty('none');
  });

  it('keep the pull secret to the install-config', async () => {
    const { files } = await generate();
    const holders = Object.entries(files).filter(([, content]) => decodeURIComponent(String(content).replace(/%(?![0-9A-F]{2})/g, '%25')).includes('c2VjcmV0LXB1bGw='));
    expect(holders.map(([name]) => name)).toEqual(['install-config.yaml']);
  });

  it('are refused for a host whose own ignition is not valid', async () => {
    const broken = makeSnapshot([makeHost(1, { ignitionConfigOverrides: '{"secret' })]);
    await expect(generate({ snapshot: broken })).rejects.toThrow(ArtefactError);
    await expect(generate({ snapshot: broken })).rejects.toThrow(hostIdOf(1));
    await expect(generate({ snapshot: broken })).rejects.not.toThrow(/secret/);
  });

  it('are not made for a cluster without base domain', async () => {
    await expect(generate({ snapshot: makeSnapshot(hosts, { baseDnsDomain: '' }) })).rejects.toThrow(ArtefactError);
  });
});
