import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Cluster } from '../../src/domain/cluster/model';
import type { Host } from '../../src/domain/host/model';
import { ArtefactError } from '../../src/installer/artefact-error';
import type { ArtefactSite } from '../../src/installer/artefact-generator';
import { renderInstallConfig } from '../../src/installer/install-config/render-install-config';
import { makeHost, makeInventory, makeSnapshot } from '../domain/validations/fixtures';
import { createTestPki } from './test-pki';

const pullSecret = '{"auths":{"a.example.com":{"auth":"c2VjcmV0"}}}';

function render(cluster: Partial<Cluster> = {}, hosts?: Host[], site: ArtefactSite = {}): Record<string, unknown> {
  const snapshot = makeSnapshot(hosts, cluster);
  return parse(renderInstallConfig({ snapshot, pullSecret }, site)) as Record<string, unknown>;
}

describe('install-config.yaml', () => {
  it('describes a cluster on bare metal, masters before workers, by host name', () => {
    const hosts = [
      makeHost(1, { role: 'worker' }),
      makeHost(2, { requestedHostname: 'zeta' }, { inventory: makeInventory(2, { boot: { current_boot_mode: 'uefi' } }) }),
      makeHost(3, { bootstrap: true, requestedHostname: 'alpha' }),
      makeHost(4, { status: 'disabled' }),
    ];
    expect(render({ sshPublicKey: 'ssh-ed25519 AAAA user' }, hosts)).toEqual({
      apiVersion: 'v1',
      baseDomain: 'example.com',
      metadata: { name: 'demo' },
      networking: {
        networkType: 'OpenShiftSDN',
        clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }],
        machineNetwork: [{ cidr: '192.168.10.0/24' }],
        serviceNetwork: ['172.30.0.0/16'],
      },
      compute: [{ name: 'worker', hyperthreading: 'Enabled', replicas: 1 }],
      controlPlane: { name: 'master', hyperthreading: 'Enabled', replicas: 2 },
      platform: {
        baremetal: {
          provisioningNetwork: 'Disabled',
          apiVIP: '192.168.10.100',
          ingressVIP: '192.168.10.101',
          hosts: [
            { name: 'openshift-master-0', role: 'master', bootMACAddress: '02:00:00:00:00:03', bootMode: 'legacy' },
            { name: 'openshift-master-1', role: 'master', bootMACAddress: '02:00:00:00:00:02', bootMode: 'UEFI' },
            { name: 'openshift-worker-0', role: 'worker', bootMACAddress: '02:00:00:00:00:01', bootMode: 'legacy' },
          ],
        },
      },
      fips: false,
      pullSecret,
      sshKey: 'ssh-ed25519 AAAA user',
    });
  });

  it('leaves the provisioning network alone before 4.7', () => {
    const platformOf = (openshiftVersion: string) => (render({ openshiftVersion }).platform as { baremetal: { provisioningNetwork: string } }).baremetal.provisioningNetwork;
    expect(['4.6', '4.6.42', '4.7', '4.10.3'].map(platformOf)).toEqual(['Unmanaged', 'Unmanaged', 'Disabled', 'Disabled']);
  });

  it.each([['all', 'Enabled', 'Enabled'], ['none', 'Disabled', 'Disabled'], ['masters', 'Enabled', 'Disabled'], ['workers', 'Disabled', 'Enabled']] as const)(
    'sets hyperthreading %s', (hyperthreading, masters, workers) => {
      expect(render({ hyperthreading })).toMatchObject({ controlPlane: { hyperthreading: masters }, compute: [{ hyperthreading: workers }] });
    });

  it('takes OVNKubernetes as soon as a network is IPv6', () => {
    expect(render({ serviceNetworkCidr: 'fd02::/112' })).toMatchObject({ networking: { networkType: 'OVNKubernetes' } });
  });

  it('takes the machine network from the bootstrap host when the user brings the network, IPv4 before IPv6', () => {
    const inventory = makeInventory(1, { interfaces: [{ mac_address: '02:00:00:00:00:01', ipv6_addresses: ['fd00::7/64'], ipv4_addresses: ['10.1.2.3/16'] }] });
    const byUser = { userManagedNetworking: true, machineNetworkCidr: '' };
    const config = render(byUser, [makeHost(2), makeHost(1, { bootstrap: true }, { inventory })]);
    expect(config).toMatchObject({ platform: { none: {} }, networking: { machineNetwork: [{ cidr: '10.1.0.0/16' }] } });
    expect(render(byUser, [makeHost(2)]).networking).not.toHaveProperty('machineNetwork');
  });

  it('names the disk of a single node', () => {
    const single = { highAvailabilityMode: 'None', userManagedNetworking: true } as const;
    const host = makeHost(1, { bootstrap: true, installationDiskId: '/dev/disk/by-id/x', installationDiskPath: '/dev/sda' });
    expect(render(single, [host])).toMatchObject({
      platform: { none: {} }, bootstrapInPlace: { installationDisk: '/dev/disk/by-id/x' }, controlPlane: { replicas: 1 }, compute: [{ replicas: 0 }],
    });
    expect(render(single, [{ ...host, installationDiskId: '' }])).toMatchObject({ bootstrapInPlace: { installationDisk: '/dev/sda' } });
  });

  it('keeps the own networks out of the proxy', () => {
    const httpProxy = 'http://proxy.example.com:3128';
    expect(render({ httpProxy, noProxy: '.corp, 10.128.0.0/14' }).proxy).toEqual({
      httpProxy, noProxy: '.corp,10.128.0.0/14,192.168.10.0/24,.demo.example.com,172.30.0.0/16',
    });
    expect(render({ httpsProxy: httpProxy, noProxy: '*' }).proxy).toEqual({ httpsProxy: httpProxy, noProxy: '*' });
    expect(render({ noProxy: '.corp' })).not.toHaveProperty('proxy');
  });

  it('carries mirrors and trust of the site', () => {
    const imageContentSources = [{ source: 'a.example.com', mirrors: ['b.example.com'] }];
    expect(render({}, undefined, { imageContentSources, additionalTrustBundle: 'PEM' })).toMatchObject({ imageContentSources, additionalTrustBundle: 'PEM' });
  });

  it('lets the overrides have the last word on fields it knows', async () => {
    const { certificate } = (await createTestPki()).root;
    const installConfigOverrides = JSON.stringify({
      networking: { networkType: 'OVNKubernetes' }, controlPlane: { hyperthreading: 'Disabled' }, fips: true, unknown: 1, additionalTrustBundle: certificate,
    });
    const config = render({ installConfigOverrides });
    expect(config).toMatchObject({
      networking: { networkType: 'OVNKubernetes', serviceNetwork: ['172.30.0.0/16'] }, controlPlane: { name: 'master', hyperthreading: 'Disabled' }, fips: true,
      additionalTrustBundle: certificate,
    });
    expect(config).not.toHaveProperty('unknown');
  });

  it.each(['{secret', '[]', '"x"', '{"additionalTrustBundle":"no PEM"}'])('refuses the overrides %s', (installConfigOverrides) => {
    expect(() => render({ installConfigOverrides })).toThrow(ArtefactError);
    expect(() => render({ installConfigOverrides })).not.toThrow(/secret/);
  });
});
