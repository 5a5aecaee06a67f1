import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventCatalog, type EventName } from '../../../src/domain/events/catalog';
import type { EventDraft } from '../../../src/domain/events/draft';
import type { Measure } from '../../../src/domain/metrics/measure';
import { clusterId, hostId, makeInventory, settings, Story, toFinalizing, toInstalling, toReady } from '../cluster/story';
import { provenIn } from './where-proven';

const minute = 60_000;
const day = 1440 * minute;
const seen: EventDraft[] = [];

/** Notes what a story told. */
function told(story: Story): EventDraft[] {
  seen.push(...story.events);
  return story.events;
}
const named = (story: Story, name: EventName): EventDraft[] => told(story).filter((event) => event.name === name);
const measures = (events: EventDraft[]): Measure[] => events.flatMap((event) => event.measures ?? []);
const counted = (events: EventDraft[], metric: Measure['metric']): Measure[] => measures(events).filter((measure) => measure.metric === metric);

function toInstalled(): Story {
  return toFinalizing().fact({ kind: 'operatorReported', name: 'console', status: 'available', statusInfo: '' }).fact({ kind: 'kubeconfigUploaded' });
}

describe('an installation that succeeds', () => {
  const story = toInstalled();
  const events = told(story);

  it('counts its beginning, its end, and each host once', () => {
    expect(story.status).toBe('installed');
    expect(new Set(events.map((event) => event.key)).size).toBe(events.length);
    expect(counted(events, 'cluster_creations')).toEqual([{ metric: 'cluster_creations', labels: { ver: '4.8.0', cid: clusterId, ed: 'example.com' }, value: 1 }]);
    expect(counted(events, 'cluster_installation_started')).toEqual([
      { metric: 'cluster_installation_started', labels: { ver: '4.8.0', cid: clusterId, ed: 'example.com', userManagedNetworking: 'false' }, value: 1 },
    ]);
    expect(counted(events, 'cluster_installation_seconds').map(({ labels }) => labels)).toEqual([{ result: 'installed', ver: '4.8.0', cid: clusterId, ed: 'example.com' }]);
    expect(counted(events, 'cluster_hosts')).toHaveLength(3);
    expect(counted(events, 'cluster_host_cores').map(({ value }) => value)).toEqual([8, 8, 8]);
    expect(counted(events, 'cluster_host_ram_gb').map(({ value }) => value)).toEqual([32, 32, 32]);
    expect(counted(events, 'cluster_host_disk_gb').map(({ value }) => value)).toEqual([200, 200, 200]);
    expect(counted(events, 'cluster_host_nic_gb')).toHaveLength(3);
  });

  it('tells how long every stage took, and of what the hosts are made', () => {
    const stages = events.filter((event) => event.name === 'host.stage.duration');
    expect(stages).toHaveLength(6 + 6 + 9);
    expect(stages[0]).toMatchObject({
      category: 'metrics', message: 'host.stage.duration',
      props: { duration: 0, host_stage: 'Starting installation', vendor: 'Example', product: 'Server', disk_type: 'HDD', host_role: 'master', result: 'Done' },
    });
    expect(events.find((event) => event.name === 'host.mem.cpu')?.props).toEqual({ host_result: 'Done', host_role: 'master', mem_bytes: 32, core_count: 8 });
    expect(events.find((event) => event.name === 'disk.size.type')?.props).toEqual({ host_result: 'Done', host_role: 'master', disk_type: 'HDD', disk_size: 200 });
    expect(events.find((event) => event.name === 'nic.speed')?.props).toEqual({ host_result: 'Done', host_role: 'master', nic_speed: 0 });
    expect(events.find((event) => event.name === 'cluster.installation.results')?.props).toEqual({ duration: 0, result: 'installed' });
  });
});

describe('an installation that does not', () => {
  it('failed by the word of the controller', () => {
    const story = toFinalizing().fact({ kind: 'completionReported', isSuccess: false, errorInfo: 'no console' });
    expect(named(story, 'install_failed')).toMatchObject([{ severity: 'critical', props: { reason: 'no console' } }]);
    expect(counted(story.events, 'cluster_installation_seconds')).toMatchObject([{ labels: { result: 'error' } }]);
  });

  it('was cancelled and reset; where that is refused it is told', () => {
    const story = toInstalling().progress(1, 'Starting installation', 'Failed');
    expect(counted(story.events, 'host_installation_phase_seconds')).toMatchObject([{ labels: { phase: 'Starting installation', result: 'Failed', diskType: 'HDD' } }]);
    expect(counted(story.events, 'cluster_hosts')).toMatchObject([{ labels: { result: 'Failed', role: 'master' } }]);
    story.do({ operation: 'cancel' });
    expect(named(story, 'cluster.installation.results').map(({ props }) => props['result'])).toEqual(['error']);
    const cancelled = toInstalling().do({ operation: 'cancel' });
    expect(named(cancelled, 'cluster.installation.results').map(({ props }) => props['result'])).toEqual(['canceled']);
    expect(story.try({ operation: 'cancel' })?.type).toBe('Conflict');
    story.do({ operation: 'reset' });
    expect(story.try({ operation: 'reset' })?.type).toBe('Conflict');
    told(story);
    for (const name of ['cancel_failed', 'reset_failed'] as const) expect(story.events.filter((event) => event.name === name)).toMatchObject([{ severity: 'error' }]);
  });

  it('cannot be cancelled or reset with a host that cannot follow', () => {
    const story = toInstalling();
    story.edit((host) => (host.id === hostId(1) ? { ...host, status: 'disconnected' } : host));
    expect([story.try({ operation: 'cancel' })?.type, story.try({ operation: 'reset' })?.type]).toEqual(['Conflict', 'Conflict']);
    expect(named(story, 'host_install_cancel_failed').map((event) => event.hostId)).toEqual([hostId(1)]);
    expect(story.events.filter((event) => event.name === 'host_reset_failed').map((event) => event.hostId)).toEqual([hostId(1)]);
    expect(story.try({ operation: 'deregister' })?.type).toBe('Conflict');
    expect(named(story, 'cluster_deregister_failed')).toHaveLength(1);
  });

  it('was not prepared, or not in time', () => {
    expect(named(toReady().do({ operation: 'install' }).outcome({ kind: 'preparationFailed', reason: 'no' }), 'prepare_failed')).toMatchObject([{ severity: 'warning' }]);
    expect(named(toReady().do({ operation: 'install' }).pass(11 * minute), 'preparing_timed_out')).toHaveLength(1);
  });

  it('is reset by its user where a host cannot do it; one that cannot be moved is named once', () => {
    const story = new Story({}, { ...settings, autoReset: true }).discover().setVips().install();
    story.do({ operation: 'reset' });
    story.edit((host) => (host.id === hostId(3) ? { ...host, status: 'disconnected' } : host));
    story.pass(4 * minute, { silent: true }).pass(minute, { silent: true });
    expect(named(story, 'host_reset_needs_user').map((event) => event.hostId)).toEqual([hostId(1), hostId(2)]);
    expect(story.events.filter((event) => event.name === 'host_reset_needs_user_failed').map((event) => event.hostId)).toEqual([hostId(3)]);
  });
});

describe('users', () => {
  it('switch hosts off and on, take them out, and change what they are installed with', () => {
    const story = toReady();
    const host = hostId(1);
    expect(story.try({ operation: 'enableHost', hostId: host })?.type).toBe('Conflict');
    story.do({ operation: 'disableHost', hostId: host });
    expect(story.try({ operation: 'disableHost', hostId: host })?.type).toBe('Conflict');
    story.do({ operation: 'enableHost', hostId: host })
      .do({ operation: 'updateHostInstallerArgs', hostId: host, args: ['-n'] })
      .do({ operation: 'updateHostIgnition', hostId: host, config: '{"ignition":{"version":"3.1.0"}}' })
      .do({ operation: 'updateDiscoveryIgnition', config: '{"ignition":{"version":"3.1.0"}}' })
      .do({ operation: 'updateInstallConfig', overrides: '{"fips":true}' })
      .do({ operation: 'updateCluster', httpProxy: 'http://proxy.example:3128' })
      .do({ operation: 'deregisterHost', hostId: host });
    expect(story.try({ operation: 'resetHost', hostId: host })?.type).toBe('NotFound');
    expect(story.try({ operation: 'resetHost', hostId: hostId(2) })?.type).toBe('Conflict');
    for (const name of ['host_disable_failed', 'host_enable_failed', 'host_reset_fetch_failed', 'host_reset_failed'] as const) expect(named(story, name)).toHaveLength(1);
  });

  it('make images', () => {
    const order = { sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' } as const;
    const story = toReady().do({ operation: 'generateImage', ...order }).outcome({ kind: 'imageBuilt', sizeBytes: 1, ...order });
    story.pass(minute).do({ operation: 'generateImage', ...order }).outcome({ kind: 'imageDeleted', cause: 'expired' });
    for (const failed of [{ obstacle: 'content' }, { obstacle: 'storage' }, { obstacle: 'content', imageType: 'minimal-iso' }] as const) {
      story.pass(minute).outcome({ kind: 'imageBuildFailed', reason: 'no', ...failed });
    }
    told(story);
    const failures = story.events.map((event) => event.name).filter((name) => /^(image|minimal)_.*failed$/.test(name));
    expect(failures).toEqual(['image_generate_failed', 'image_upload_failed', 'minimal_iso_failed']);
  });

  it('give clusters up; what kept them from their installation is counted', () => {
    const story = new Story();
    story.register(1);
    story.setFacts(1, { inventory: { ...makeInventory(1, story.now), cpu: { count: 1 } } });
    story.do({ operation: 'deregister' });
    expect(named(story, 'cluster_deregistered')).toHaveLength(1);
    const failing = counted(story.events, 'host_validation_is_in_failed_status_on_cluster_deletion').map(({ labels }) => labels);
    expect(failing).toContainEqual({ ver: '4.8.0', ed: 'example.com', hostValidationType: 'has-min-cpu-cores' });
    expect(counted(story.events, 'cluster_validation_is_in_failed_status_on_cluster_deletion').length).toBeGreaterThan(0);
  });
});

describe('time', () => {
  it('warns, postpones, and takes what is forgotten', () => {
    const story = toReady().pass(15 * day, { silent: true });
    story.pass(6 * day + minute);
    expect(named(story, 'cluster_inactivity_warning').length).toBeGreaterThan(0);
    expect(story.events.filter((event) => event.name === 'cluster_inactivity_postponed')).toHaveLength(1);
    story.pass(30 * day, { silent: true }).do({ operation: 'deregister' });
    expect(named(story, 'cluster_inactive_deregistered')).toHaveLength(1);
  });

  it('runs out for DHCP', () => {
    const story = new Story({ vipDhcpAllocation: true }).discover().pass(3 * minute);
    expect(named(story, 'dhcp_lease_timeout')).toHaveLength(1);
    story.fact({ kind: 'vipsLeased', apiVip: '192.168.126.100', ingressVip: '192.168.126.101', apiVipLease: '', ingressVipLease: '' });
    expect(named(story, 'vips_updated')).toHaveLength(1);
  });
});

describe('hosts', () => {
  it('fail validations and pass them again', () => {
    const story = toReady();
    const { inventory } = story.host(1).facts;
    if (!inventory) throw new Error('no inventory');
    story.setFacts(1, { inventory: { ...inventory, cpu: { count: 1 } } }).setFacts(1, { inventory });
    expect(counted(told(story), 'host_validation_failed_after_success_before_installation').map(({ labels }) => labels))
      .toContainEqual({ ver: '4.8.0', ed: 'example.com', hostValidationType: 'has-min-cpu-cores' });
    expect(counted(story.events, 'cluster_validation_failed_after_success_before_installation').map(({ labels }) => labels))
      .toContainEqual({ ver: '4.8.0', ed: 'example.com', clusterValidationType: 'all-hosts-are-ready-to-install' });
  });

  it('pull images, measure disks, are refused an ignition; operators report; subscriptions are refused', () => {
    const story = toReady()
      .fact({ kind: 'hostImageStatus', hostId: hostId(1), name: 'installer:1', result: 'success', sizeBytes: 1, timeSeconds: 1, downloadRate: 12.5 })
      .fact({ kind: 'hostDiskSlow', hostId: hostId(1), path: '/dev/sda', speedMs: 20, thresholdMs: 10 })
      .fact({ kind: 'operatorReported', name: 'console', status: 'progressing', statusInfo: '' })
      .outcome({ kind: 'hostIgnitionsStored', hostIds: [], refused: [{ hostId: hostId(1), reason: 'no' }] })
      .outcome({ kind: 'subscriptionUnsubscribed', ids: ['a'] })
      .outcome({ kind: 'subscriptionRefused', status: 400, reason: 'no' });
    expect(counted(told(story), 'cluster_host_image_pull_status')).toEqual([
      { metric: 'cluster_host_image_pull_status', labels: { result: 'success', imageName: 'installer:1', cid: clusterId, hostId: hostId(1) }, value: 12.5 },
    ]);
    const cvo = new Story({}, { ...settings, checkClusterVersion: true }).fact({ kind: 'operatorReported', name: 'cvo', status: 'progressing', statusInfo: '10 %' });
    expect(named(cvo, 'cvo_status')).toHaveLength(1);
  });
});

it('events that are proven beside workflows are named there', () => {
  const elsewhere = provenIn('workflows/restore.test.ts');
  const text = readFileSync(join(import.meta.dirname, '../../workflows/restore.test.ts'), 'utf8');
  expect(elsewhere.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});

it('every event that is proven here was told, as the catalogue has it', () => {
  const names = new Set<string>(seen.map((event) => event.name));
  expect(provenIn('domain/events/emitted.test.ts').filter((name) => !names.has(name))).toEqual([]);
  for (const event of seen) expect(event.category).toBe(eventCatalog[event.name].category);
});
