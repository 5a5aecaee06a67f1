import { beforeAll, describe, expect, it } from 'vitest';
import { parseIgnition } from '../../../src/domain/ignition/parse-ignition';
import { formatStaticNetwork } from '../../../src/domain/static-network/stored-form';
import type { DiscoveryInput } from '../../../src/iso/ignition/discovery-input';
import { renderRegistriesConfig } from '../../../src/iso/ignition/registries-config';
import { renderDiscoveryIgnition } from '../../../src/iso/ignition/render-discovery-ignition';
import { createBuiltinConnections } from '../../../src/iso/static-network/builtin-connections';
import { staticNetworkFiles } from '../../../src/iso/static-network/static-network-files';
import { getIgnitionJudge } from '../../support/judge-ignition';

let judge: (config: string) => string;
beforeAll(async () => {
  judge = await getIgnitionJudge();
});

const plain: DiscoveryInput = {
  clusterId: 'bd9d3b83-80a3-4b94-8b61-c12b2f1a2373', serviceBaseUrl: 'https://service.example.com', agentImage: 'images.example.com/agent:v1', skipCertVerification: false,
  agentToken: 'dG9rZW4=', pullSecret: '{"auths":{}}', sshPublicKey: '', httpProxy: '', httpsProxy: '', noProxy: '', agentStartTimeoutSeconds: 180, staticNetwork: [], ignitionConfigOverrides: '',
};
const networkYaml = (address: string) => `interfaces:\n- name: eth0\n  type: ethernet\n  state: up\n  ipv4:\n    enabled: true\n    dhcp: false\n    address:\n    - ip: ${address}\n      prefix-length: 24\n`;
const hosts = [1, 2].map((position) => ({ networkYaml: networkYaml(`192.168.10.1${position}`), macInterfaceMap: [{ macAddress: `02:00:00:00:00:0${position}`, logicalNicName: 'eth0' }] }));

const proxy = { httpProxy: 'http://user:p%40ss@proxy.example.com:3128', httpsProxy: 'https://proxy.example.com:3129', noProxy: '.example.com, 10.0.0.0/8' };
const site = {
  serviceCaCertificate: 'PEM', serviceIps: ['10.0.0.1', 'fd00::1'], rhRootCaCertificate: 'PEM', mirrorCaCertificate: 'PEM',
  mirrorRegistriesConfig: renderRegistriesConfig([{ source: 'quay.io/ocpmetal', mirrors: ['mirror.example.com/ocpmetal'] }]),
};
const override = (version: string) => JSON.stringify({
  ignition: { version },
  passwd: { users: [{ name: 'core', sshAuthorizedKeys: ['ssh-ed25519 CCCC three'] }] },
  storage: { files: [{ path: '/etc/motd', overwrite: true, contents: { source: 'data:,own' } }, { path: '/etc/own', mode: 420, contents: { source: 'data:,own' } }] },
  systemd: { units: [{ name: 'agent.service', dropins: [{ name: '10-own.conf', contents: '[Service]\nNice=5\n' }] }] },
});

describe('Ignition itself', () => {
  it.each<[string, () => Promise<Partial<DiscoveryInput>>]>([
    ['a plain image', async () => ({})],
    ['keys of users', async () => ({ sshPublicKey: 'ssh-ed25519 AAAA one\nssh-ed25519 BBBB two\n' })],
    ['a static network', async () => ({ staticNetwork: await staticNetworkFiles(formatStaticNetwork(hosts), createBuiltinConnections()) })],
    ['a proxy', async () => proxy],
    ['a proxy for nothing', async () => ({ ...proxy, noProxy: '*' })],
    ['mirrors, authorities and addresses of a site', async () => site],
    ['an override', async () => ({ ignitionConfigOverrides: override('3.1.0') })],
    ['an override of a later version', async () => ({ ignitionConfigOverrides: override('3.2.0') })],
    ['all at once', async () => ({ ...proxy, ...site, staticNetwork: await staticNetworkFiles(formatStaticNetwork(hosts), createBuiltinConnections()), ignitionConfigOverrides: override('3.2.0') })],
  ])('takes the configuration of a discovery image with %s', async (_title, changes) => {
    const given = await changes();
    const config = renderDiscoveryIgnition({ ...plain, ...given });
    expect(judge(config)).toBe('');
    const paths = parseIgnition(config).storage?.files?.map(({ path }) => path) ?? [];
    if (given.staticNetwork) expect(paths).toEqual(expect.arrayContaining(['/etc/assisted/network/host0/eth0.nmconnection', '/etc/assisted/network/host1/mac_interface.ini']));
    if (given.mirrorRegistriesConfig) expect(paths).toContain('/etc/containers/registries.conf');
    if (given.ignitionConfigOverrides) expect(paths).toContain('/etc/own');
  });
});
