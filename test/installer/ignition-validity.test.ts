import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Cluster, ClusterSnapshot } from '../../src/domain/cluster/model';
import type { Host } from '../../src/domain/host/model';
import type { ArtefactSite } from '../../src/installer/artefact-generator';
import { createBuiltinGenerator } from '../../src/installer/builtin-generator';
import { renderDay2Ignition } from '../../src/installer/ignition/day2-ignition';
import { generateManifests } from '../../src/installer/manifests/generate-manifests';
import { makeHost, makeInventory, makeSnapshot, now } from '../domain/validations/fixtures';
import { getIgnitionJudge } from '../support/judge-ignition';

let judge: (config: string) => string;
beforeAll(async () => {
  judge = await getIgnitionJudge();
});

const override = JSON.stringify({
  ignition: { version: '3.2.0' },
  storage: { files: [{ path: '/etc/own', contents: { source: 'data:,own' }, mode: 420 }, { path: '/etc/hostname', overwrite: true, contents: { source: 'data:,renamed' } }] },
  systemd: { units: [{ name: 'own.service', enabled: true, contents: '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n' }] },
});
const ipv6 = (position: number): Host => makeHost(position, { bootstrap: position === 1 }, {
  inventory: makeInventory(position, { interfaces: [{ name: 'eth0', mac_address: '02:00:00:00:00:01', ipv4_addresses: [], ipv6_addresses: [`fd00:1::${position}/64`] }] }),
});
const three = [makeHost(1, { bootstrap: true, ignitionConfigOverrides: override }), makeHost(2), makeHost(3, { role: 'worker', ignitionConfigOverrides: override })];
const site: ArtefactSite = { serviceCaCertificate: 'PEM', serviceIps: ['10.0.0.1'], telemeterUrl: 'https://telemetry.example.com', singleNodeDnsmasq: true };
const kinds: [string, Host[], Partial<Cluster>][] = [
  ['highly available', three, { sshPublicKey: 'ssh-ed25519 AAAA one\nssh-ed25519 BBBB two' }],
  ['single-node', [makeHost(1, { bootstrap: true, ignitionConfigOverrides: override })], { highAvailabilityMode: 'None', userManagedNetworking: true }],
  ['DHCP', three, { vipDhcpAllocation: true, apiVipLease: 'lease { a; }', ingressVipLease: 'lease { b; }' }],
  ['user-managed', three, { userManagedNetworking: true, apiVip: '', ingressVip: '', machineNetworkCidr: '' }],
  ['IPv6', [1, 2, 3].map(ipv6), { machineNetworkCidr: 'fd00:1::/64', clusterNetworkCidr: 'fd01::/48', clusterNetworkHostPrefix: 64, serviceNetworkCidr: 'fd02::/112', apiVip: 'fd00:1::100', ingressVip: 'fd00:1::101' }],
];

async function configurationsOf(snapshot: ClusterSnapshot): Promise<Map<string, string>> {
  const manifests = generateManifests(snapshot, site);
  const openshiftClusterId = '11111111-2222-4333-8444-555555555555';
  const { files } = await createBuiltinGenerator(site).generate({ snapshot, pullSecret: '{"auths":{}}', now, run: 'one', openshiftClusterId, manifests });
  const found = new Map(Object.entries(files).filter(([name]) => name.endsWith('.ign')).map(([name, content]) => [name, String(content)]));
  for (const { path, content } of manifests) {
    const manifest = parse(content) as { kind: string; spec: { config: object } };
    if (manifest.kind === 'MachineConfig') found.set(path, JSON.stringify(manifest.spec.config));
  }
  return found;
}

describe('Ignition itself', () => {
  it.each(kinds)('takes every configuration of a %s installation', async (_title, hosts, cluster) => {
    const found = await configurationsOf(makeSnapshot(hosts, cluster));
    expect(found.size).toBeGreaterThanOrEqual(3 + hosts.length);
    for (const [name, config] of found) expect({ name, said: judge(config) }).toEqual({ name, said: '' });
  });

  it.each(['192.168.10.5', 'fd00:1::5'])('takes the configuration of a host that is added at %s', (apiVip) => {
    const host = makeHost(1, { role: 'worker', ignitionConfigOverrides: override });
    expect(judge(JSON.stringify(renderDay2Ignition(makeSnapshot([host], { apiVip }), host)))).toBe('');
  });

  it('refuses what is none', () => {
    expect(judge('{"ignition":{"version":"3.1.0"},"storage":{"files":[{"path":"relative"}]}}')).toContain('path not absolute');
    expect(judge('{"ignition":{"version":"9.0.0"}}')).toContain('exit code 1');
  });
});
