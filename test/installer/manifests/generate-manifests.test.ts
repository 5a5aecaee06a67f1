import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { olmOperators } from '../../../src/domain/cluster/operators';
import type { ArtefactSite } from '../../../src/installer/artefact-generator';
import { findIgnitionFileText } from '../../../src/installer/ignition/read-file';
import { parseIgnition } from '../../../src/domain/ignition/parse-ignition';
import { generateManifests } from '../../../src/installer/manifests/generate-manifests';
import { makeHost, makeSnapshot, settings } from '../../domain/validations/fixtures';

interface MachineConfig { metadata: { name: string; labels: Record<string, string> }; spec: { config: object } }

const silent = (position: number) => makeHost(position, {}, { ntpSources: [{ source_name: 'away', source_state: 'unreachable' }] });
const synced = (position: number, ...names: string[]) =>
  makeHost(position, {}, { ntpSources: [{ source_name: 'near', source_state: 'unreachable' }, ...names.map((source_name) => ({ source_name, source_state: 'synced' as const }))] });
const generate = (snapshot: ClusterSnapshot, site: ArtefactSite = {}) => new Map(generateManifests(snapshot, site).map(({ path, content }) => [path, content]));
const ignitionOf = (content: string | undefined) => parseIgnition(JSON.stringify((parse(content ?? '') as MachineConfig).spec.config));

describe('the manifests that an installation adds', () => {
  it('make all nodes keep time with the first synced source of each host', () => {
    const disabled = makeHost(4, { status: 'disabled' }, { ntpSources: [{ source_name: 'of-a-disabled-host', source_state: 'synced' }] });
    const manifests = generate(makeSnapshot([synced(1, 'a', 'ignored'), silent(2), synced(3, 'b'), disabled, synced(5, 'a')]));
    expect([...manifests.keys()]).toEqual(['openshift/50-masters-chrony-configuration.yaml', 'openshift/50-workers-chrony-configuration.yaml']);
    for (const role of ['master', 'worker']) {
      const content = manifests.get(`openshift/50-${role}s-chrony-configuration.yaml`);
      expect(parse(content ?? '')).toMatchObject({
        kind: 'MachineConfig', apiVersion: 'machineconfiguration.openshift.io/v1',
        metadata: { name: `50-${role}s-chrony-configuration`, labels: { 'machineconfiguration.openshift.io/role': role } },
      });
      const lines = findIgnitionFileText(ignitionOf(content), '/etc/chrony.conf')?.split('\n');
      expect(lines?.filter((line) => line.startsWith('server '))).toEqual(['server a iburst', 'server b iburst']);
    }
  });

  it('are none where no host has a synced source and the user chose nothing', () => {
    expect(generate(makeSnapshot([silent(1)])).size).toBe(0);
  });

  it('let a single node answer the names of its cluster where the site wants it', () => {
    const single = makeSnapshot([makeHost(1, { bootstrap: true }, { ntpSources: [] })], { highAvailabilityMode: 'None' });
    const ignition = ignitionOf(generate(single, { singleNodeDnsmasq: true }).get('openshift/dnsmasq-bootstrap-in-place.yaml'));
    expect(findIgnitionFileText(ignition, '/etc/dnsmasq.d/single-node.conf')).toContain('address=/api-int.demo.example.com/192.168.10.11\n');
    expect(findIgnitionFileText(ignition, '/etc/NetworkManager/dispatcher.d/single-node-resolver')).toContain('nameserver 192.168.10.11');
    expect(ignition.systemd?.units?.[0]).toMatchObject({ name: 'dnsmasq.service', enabled: true });
    expect(generate(single).size).toBe(0);
    expect(generate({ ...single, cluster: { ...single.cluster, highAvailabilityMode: 'Full' } }, { singleNodeDnsmasq: true }).size).toBe(0);
    const elsewhere = { ...single, cluster: { ...single.cluster, machineNetworkCidr: '10.9.0.0/24' } };
    expect(() => generate(elsewhere, { singleNodeDnsmasq: true })).toThrow('no address in the machine network');
  });

  it('send telemetry elsewhere only where the site says so', () => {
    const manifest = parse(generate(makeSnapshot([silent(1)]), { telemeterUrl: 'https://telemetry.example.com' }).get('openshift/redirect-telemeter.yaml') ?? '') as { data: Record<string, string> };
    expect(manifest).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'cluster-monitoring-config', namespace: 'openshift-monitoring' } });
    expect(parse(manifest.data['config.yaml'] ?? '')).toEqual({ telemeterClient: { telemeterServerURL: 'https://telemetry.example.com' } });
  });

  it('subscribe to the operators that the user chose, and to those they need', () => {
    const operators = olmOperators([{ name: 'ocs', properties: '' }, { name: 'cnv', properties: '' }], settings);
    const manifests = generate({ ...makeSnapshot([silent(1)]), operators });
    expect([...manifests.keys()]).toEqual(['cnv', 'lso', 'ocs'].flatMap((name) => ['ns', 'operator_group', 'subscription'].map((part) => `openshift/50_openshift-${name}_${part}.yaml`)));
    const expected = { lso: ['openshift-local-storage', 'local-storage-operator', '4.8'], ocs: ['openshift-storage', 'ocs-operator', 'stable-4.8'], cnv: ['openshift-cnv', 'hco-operatorhub', 'stable'] };
    for (const [name, [namespace, subscription, channel]] of Object.entries(expected)) {
      const read = (part: string): unknown => parse(manifests.get(`openshift/50_openshift-${name}_${part}.yaml`) ?? '');
      expect(read('ns')).toMatchObject({ kind: 'Namespace', metadata: { name: namespace } });
      expect(read('operator_group')).toMatchObject({ kind: 'OperatorGroup', metadata: { namespace }, spec: { targetNamespaces: [namespace] } });
      expect(read('subscription')).toMatchObject({ kind: 'Subscription', metadata: { name: subscription, namespace }, spec: { channel, sourceNamespace: 'openshift-marketplace' } });
    }
    expect(parse(manifests.get('openshift/50_openshift-cnv_subscription.yaml') ?? '')).toMatchObject({ spec: { name: 'kubevirt-hyperconverged', source: 'redhat-operators' } });
    const community = olmOperators([{ name: 'cnv', properties: '' }], { operatorNamespaces: { cnv: 'kubevirt-hyperconverged' } });
    expect(parse(generate({ ...makeSnapshot([silent(1)]), operators: community }).get('openshift/50_openshift-cnv_subscription.yaml') ?? '')).toMatchObject({ spec: { source: 'community-operators' } });
  });
});
