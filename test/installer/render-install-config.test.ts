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

  it.each([{ machineNetworkCidr: 'fd00::/64' }, { clusterNetworkCidr: 'fd01::/48' }, { serviceNetworkCidr: 'fd02::/112' }])('takes OVNKubernetes for %j', (cluster) => {
    expect(render(cluster)).toMatchObject({ networking: { networkType: 'OVNKubernetes' } });
  });

  it('leaves out hosts that take no part, and counts no role that is not assigned', () => {
    const hosts = [makeHost(1), makeHost(2, { status: 'disabled' }), makeHost(3, { role: 'worker' }), makeHost(4, { role: 'worker', status: 'disabled' }), makeHost(5, { role: 'auto-assign' })];
    const config = render({}, hosts) as { platform: { baremetal: { hosts: { name: string }[] } } };
    expect(config).toMatchObject({ controlPlane: { replicas: 1 }, compute: [{ replicas: 1 }] });
    expect(config.platform.baremetal.hosts.map(({ name }) => name)).toEqual(['openshift-master-0', 'openshift-worker-0']);
  });

  it('boots a host from its first interface, in the mode it was discovered in', () => {
    const interfaces = ['02:00:00:00:00:aa', '02:00:00:00:00:bb'].map((mac_address) => ({ mac_address, ipv4_addresses: [], ipv6_addresses: [] }));
    const hosts = ['uefi', 'bios', undefined].map((mode, index) =>
      makeHost(index + 1, {}, { inventory: makeInventory(index + 1, { interfaces, ...(mode === undefined ? {} : { boot: { current_boot_mode: mode } }) }) }));
    const { platform } = render({}, hosts) as { platform: { baremetal: { hosts: { bootMACAddress: string; bootMode: string }[] } } };
    expect(platform.baremetal.hosts.map(({ bootMACAddress, bootMode }) => [bootMACAddress, bootMode])).toEqual([
      ['02:00:00:00:00:aa', 'UEFI'], ['02:00:00:00:00:aa', 'legacy'], ['02:00:00:00:00:aa', 'legacy'],
    ]);
  });

  it('has no field for mirrors, authorities, a proxy or a disk in place that nobody asked for', () => {
    expect(Object.keys(render()).sort()).toEqual(['apiVersion', 'baseDomain', 'compute', 'controlPlane', 'fips', 'metadata', 'networking', 'platform', 'pullSecret', 'sshKey']);
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
    expect(render({ httpProxy, noProxy: '' }).proxy).toMatchObject({ noProxy: '192.168.10.0/24,.demo.example.com,10.128.0.0/14,172.30.0.0/16' });
    expect(render({ httpProxy, machineNetworkCidr: '', noProxy: '*.corp' }).proxy).toMatchObject({ noProxy: '*.corp,.demo.example.com,10.128.0.0/14,172.30.0.0/16' });
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

  it('lays overrides over the entries of lists, and leaves out what no install-config has at any depth', () => {
    const hosts = [makeHost(1, { bootstrap: true }), makeHost(2), makeHost(3)];
    const config = render({ installConfigOverrides: JSON.stringify({
      compute: [{ hyperthreading: 'Disabled', unknown: 1 }],
      controlPlane: { architecture: 'arm64', platform: { unknown: {} } },
      networking: { clusterNetwork: [{ cidr: '10.132.0.0/14' }, { cidr: 'fd01::/48', hostPrefix: 64 }], unknown: 1 },
      platform: { baremetal: { hosts: [{ bootMode: 'UEFISecureBoot', unknown: 1 }], unknown: 1 }, vsphere: { password: 'x' } },
      imageContentSources: [{ source: 'a.example.com', mirrors: ['b.example.com'], unknown: 1 }],
    }) }, hosts);
    expect(config).toMatchObject({
      compute: [{ name: 'worker', hyperthreading: 'Disabled', replicas: 0 }],
      controlPlane: { name: 'master', hyperthreading: 'Enabled', replicas: 3, architecture: 'arm64' },
      imageContentSources: [{ source: 'a.example.com', mirrors: ['b.example.com'] }],
    });
    const { networking, platform } = config as { networking: { clusterNetwork: unknown }; platform: { baremetal: { hosts: unknown; apiVIP: string } } };
    expect(networking.clusterNetwork).toEqual([{ cidr: '10.132.0.0/14', hostPrefix: 23 }, { cidr: 'fd01::/48', hostPrefix: 64 }]);
    expect(Object.keys(platform)).toEqual(['baremetal']);
    expect(platform.baremetal).toMatchObject({ apiVIP: '192.168.10.100', hosts: [{ name: 'openshift-master-0', role: 'master', bootMACAddress: '02:00:00:00:00:01', bootMode: 'UEFISecureBoot' }] });
    expect(JSON.stringify(config)).not.toMatch(/unknown|vsphere/);
  });

  it.each([
    ['fips', { fips: 'yes' }],
    ['fips', { fips: null }],
    ['networking', { networking: 'OVNKubernetes' }],
    ['networking.clusterNetwork.0.hostPrefix', { networking: { clusterNetwork: [{ hostPrefix: '23' }] } }],
    ['networking.serviceNetwork.0', { networking: { serviceNetwork: ['planted'] } }],
    ['compute', { compute: { replicas: 3 } }],
    ['controlPlane.replicas', { controlPlane: { replicas: -1 } }],
    ['controlPlane.hyperthreading', { controlPlane: { hyperthreading: 'planted' } }],
    ['platform.baremetal.provisioningNetwork', { platform: { baremetal: { provisioningNetwork: 'planted' } } }],
    ['platform.baremetal.hosts.0.bmc.password', { platform: { baremetal: { hosts: [{ bmc: { password: 7 } }] } } }],
    ['platform.none', { platform: { none: {} } }],
    ['pullSecret', { pullSecret: { auths: 'planted' } }],
    ['imageContentSources.0.mirrors', { imageContentSources: [{ source: 'a' }] }],
    ['additionalTrustBundle', { additionalTrustBundle: 1 }],
    ['additionalTrustBundle', { additionalTrustBundle: 'planted' }],
    ['additionalTrustBundle', { additionalTrustBundle: '-----BEGIN CERTIFICATE-----\nplanted\n-----END CERTIFICATE-----' }],
  ])('refuses overrides whose %s does not fit, by its path and without its value', (path, overrides) => {
    const attempt = () => render({ installConfigOverrides: JSON.stringify(overrides) });
    expect(attempt).toThrow(ArtefactError);
    expect(attempt).toThrow(path);
    expect(attempt).not.toThrow('planted');
  });

  it('refuses a trust bundle of which one certificate is broken', async () => {
    const { certificate } = (await createTestPki()).root;
    const additionalTrustBundle = `${certificate}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;
    expect(() => render({ installConfigOverrides: JSON.stringify({ additionalTrustBundle }) })).toThrow('additionalTrustBundle');
  });

  it.each(['{secret', '[]', '"x"'])('refuses the overrides %s', (installConfigOverrides) => {
    expect(() => render({ installConfigOverrides })).toThrow(ArtefactError);
    expect(() => render({ installConfigOverrides })).not.toThrow(/secret/);
  });
});
