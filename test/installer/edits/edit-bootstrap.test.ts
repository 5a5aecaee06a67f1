import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { IgnitionConfig, IgnitionFile } from '../../../src/domain/ignition/ignition-config';
import { ArtefactError } from '../../../src/installer/artefact-error';
import { editBootstrap } from '../../../src/installer/edits/edit-bootstrap';
import { findIgnitionFileText } from '../../../src/installer/ignition/read-file';
import { makeHost, makeSnapshot } from '../../domain/validations/fixtures';

const provisioning = '/opt/openshift/openshift/99_baremetal-provisioning-config.yaml';
const marker = '/opt/openshift/assisted-install-bootstrap';
const hostPath = (index: number) => `/opt/openshift/openshift/99_openshift-cluster-api_hosts-${index}.yaml`;
const base64 = (text: string) => `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`;
const bareMetalHost = (index: number, name: string): IgnitionFile =>
  ({ path: hostPath(index), mode: 0o644, contents: { source: base64(stringify({ kind: 'BareMetalHost', metadata: { name, annotations: { kept: 'yes' } }, spec: { online: true } })) } });
const bootstrap = (...files: IgnitionFile[]): IgnitionConfig => ({ ignition: { version: '3.2.0' }, storage: { files } });
const snapshot = makeSnapshot([makeHost(1, { requestedHostname: 'z' }), makeHost(2, { requestedHostname: 'a' }), makeHost(3, { role: 'worker' })]);

interface Annotated { metadata: { annotations: Record<string, string> }; spec: object }
const hardwareOf = (config: IgnitionConfig, index: number) => {
  const manifest = parse(findIgnitionFileText(config, hostPath(index)) ?? '') as Annotated;
  return { manifest, status: JSON.parse(manifest.metadata.annotations['baremetalhost.metal3.io/status'] ?? '{}') as { hardware: { hostname: string } } };
};

describe('the bootstrap configuration', () => {
  it('tells the hardware of each host, in the order in which the install-config numbers them', () => {
    const edited = editBootstrap(bootstrap(bareMetalHost(0, 'openshift-master-0'), bareMetalHost(1, 'openshift-master-1'), bareMetalHost(2, 'openshift-worker-0')), snapshot);
    expect([0, 1, 2].map((index) => hardwareOf(edited, index).status.hardware.hostname)).toEqual(['a', 'z', 'node-3']);
    const { manifest, status } = hardwareOf(edited, 0);
    expect(manifest).toMatchObject({ metadata: { annotations: { kept: 'yes' } }, spec: { online: true } });
    expect(status).toMatchObject({
      poweredOn: true,
      hardware: { ramMebibytes: 65_536, cpu: { count: 16, flags: ['vmx'] }, nics: [{ name: 'eth0', mac: '02:00:00:00:00:02', ip: '192.168.10.12' }], storage: [{ name: '/dev/sda', rotational: true }] },
    });
  });

  it('is refused when a manifest has no host', () => {
    expect(() => editBootstrap(bootstrap(bareMetalHost(0, 'openshift-master-2')), snapshot)).toThrow(ArtefactError);
    expect(() => editBootstrap(bootstrap({ path: hostPath(0), contents: { source: base64('a: [secret') } }), snapshot)).toThrow(/cannot be read$/);
  });

  it('reads what is compressed', () => {
    const source = `data:;base64,${gzipSync(stringify({ kind: 'BareMetalHost', metadata: { name: 'openshift-worker-0' } })).toString('base64')}`;
    const edited = editBootstrap(bootstrap({ path: hostPath(0), contents: { source, compression: 'gzip' } }), snapshot);
    expect(hardwareOf(edited, 0).status.hardware.hostname).toBe('node-3');
  });

  it('provisions no hosts before 4.7', () => {
    const paths = (openshiftVersion: string) =>
      editBootstrap(bootstrap({ path: provisioning, contents: { source: 'data:,x' } }), makeSnapshot(snapshot.hosts, { openshiftVersion })).storage?.files?.map(({ path }) => path);
    expect(paths('4.6.16')).not.toContain(provisioning);
    expect(paths('4.7.0')).toContain(provisioning);
  });

  it('greets by its own text alone and leaves the resolver to the host', () => {
    const edited = editBootstrap(bootstrap({ path: '/etc/motd', append: [{ source: 'data:,bootstrap' }] }), snapshot);
    expect(edited.storage?.files?.find(({ path }) => path === '/etc/motd')).toEqual({ path: '/etc/motd', overwrite: true, contents: { source: 'data:,bootstrap' } });
    expect(findIgnitionFileText(edited, '/etc/NetworkManager/conf.d/99-kni.conf')).toContain('rc-manager=unmanaged');
  });

  it('is marked, but not that of a single node', () => {
    const paths = (highAvailabilityMode: 'Full' | 'None') => editBootstrap(bootstrap(), makeSnapshot(snapshot.hosts, { highAvailabilityMode })).storage?.files?.map(({ path }) => path);
    expect(paths('Full')).toContain(marker);
    expect(paths('None')).not.toContain(marker);
  });
});
