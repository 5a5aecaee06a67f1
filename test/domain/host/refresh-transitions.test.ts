import { describe, expect, it } from 'vitest';
import type { ClusterStatus } from '../../../src/domain/cluster/status';
import type { Host } from '../../../src/domain/host/model';
import { createHostRefreshContext } from '../../../src/domain/host/refresh-context';
import { findHostRefreshRule } from '../../../src/domain/host/refresh-transitions';
import { hostStatuses, type HostStatus } from '../../../src/domain/host/status';
import type { ValidationsInfo } from '../../../src/domain/validations/result';
import { epoch, settings, toReady } from '../cluster/story';

const minimum = ['has-min-valid-disks', 'has-min-cpu-cores', 'has-min-memory', 'valid-platform'];
const preparation = ['sufficient-installation-disk-speed', 'container-images-available'];
const required = [
  'has-memory-for-role', 'has-cpu-cores-for-role', 'belongs-to-machine-cidr', 'hostname-unique', 'hostname-valid', 'api-vip-connected', 'belongs-to-majority-group',
  'ocs-requirements-satisfied', 'lso-requirements-satisfied', 'cnv-requirements-satisfied', ...preparation,
  'sufficient-network-latency-requirement-for-role', 'sufficient-packet-loss-requirement-for-role',
];
const all = [...minimum, 'machine-cidr-defined', ...required];
const base = toReady().snapshot;
const [known] = base.hosts;
if (known === undefined) throw new Error('no host');
const minutes = (count: number): Date => new Date(epoch.getTime() + count * 60_000);

interface Case {
  host?: Partial<Host>;
  cluster?: ClusterStatus;
  failing?: string[];
  pending?: string[];
  now?: Date;
  silent?: boolean;
  withoutInventory?: boolean;
}

function find(status: HostStatus, { host = {}, cluster = 'ready', failing = [], pending = [], now = epoch, silent = false, withoutInventory = false }: Case) {
  const validations: ValidationsInfo = {
    all: all.map((id) => ({ id, status: failing.includes(id) ? 'failure' : pending.includes(id) ? 'pending' : 'success', message: `${id} fails` })),
  };
  const { inventory: _inventory, ...bare } = known?.facts ?? { disksInfo: {}, imagesStatus: {} };
  const changed: Host = {
    ...(known as Host), status, statusUpdatedAt: epoch, role: 'master', checkedInAt: silent ? new Date(now.getTime() - 180_001) : now,
    ...(withoutInventory && { facts: bare }), ...host,
  };
  const snapshot = { ...base, cluster: { ...base.cluster, status: cluster } };
  const context = createHostRefreshContext(changed, snapshot, validations, now, settings);
  const rule = findHostRefreshRule(context);
  return { to: rule?.to === 'same' ? status : rule?.to, info: rule?.info?.(context), effect: rule?.effect?.(context) };
}

const to = (status: HostStatus, given: Case = {}): string | undefined => find(status, given).to;
const prepared: Partial<Host> = {
  facts: {
    ...known.facts,
    disksInfo: { [known.installationDiskId]: { path: '/dev/sda', disk_speed: { tested: true, exit_code: 0 } } },
    imagesStatus: { image: { name: 'image', result: 'success' } },
  },
};
const waiting: HostStatus[] = ['discovering', 'insufficient', 'known', 'pending-for-input', 'disconnected'];

describe('hosts before the installation', () => {
  it.each(waiting)('%s becomes disconnected when it falls silent', (status) => {
    expect(to(status, { silent: true })).toBe('disconnected');
    expect(to(status, { host: { checkedInAt: null } })).toBe('disconnected');
    expect(to(status, { host: { checkedInAt: epoch }, now: minutes(3) })).not.toBe('disconnected');
  });

  it.each(['discovering', 'disconnected'] as const)('%s without inventory is discovering', (status) => {
    expect(to(status, { withoutInventory: true })).toBe('discovering');
  });

  it.each(waiting)('%s goes where its validations lead', (status) => {
    for (const id of minimum) expect(to(status, { failing: [id, 'machine-cidr-defined', 'hostname-valid'] }), id).toBe('insufficient');
    expect(to(status, { failing: ['machine-cidr-defined', 'hostname-valid'] })).toBe('pending-for-input');
    for (const id of required) expect(to(status, { failing: [id] }), id).toBe('insufficient');
    expect(to(status, { pending: ['belongs-to-majority-group'] })).toBe('insufficient');
    expect(to(status)).toBe('known');
  });

  it('lists what fails, sorted', () => {
    expect(find('known', { failing: ['hostname-valid', 'hostname-unique'] }).info).toBe('Host cannot be installed: hostname-unique fails ; hostname-valid fails');
  });
});

describe('hosts that prepare', () => {
  const preparing: ClusterStatus = 'preparing-for-installation';
  it.each<[string, HostStatus, Case, HostStatus]>([
    ['known follows its cluster', 'known', { cluster: preparing }, 'preparing-for-installation'],
    ['known without a role stays', 'known', { cluster: preparing, host: { role: 'auto-assign' } }, 'known'],
    ['silent known does not follow', 'known', { cluster: preparing, silent: true }, 'disconnected'],
    ['prepared', 'preparing-for-installation', { cluster: preparing, host: prepared }, 'preparing-successful'],
    ['not measured yet', 'preparing-for-installation', { cluster: preparing }, 'preparing-for-installation'],
    ['slow disk', 'preparing-for-installation', { cluster: preparing, failing: ['sufficient-installation-disk-speed'] }, 'insufficient'],
    ['image missing', 'preparing-for-installation', { cluster: preparing, failing: ['container-images-available'] }, 'insufficient'],
    ['cluster gave up', 'preparing-for-installation', { cluster: 'ready' }, 'known'],
    ['cluster installs without it', 'preparing-for-installation', { cluster: 'installing' }, 'known'],
    ['silent', 'preparing-for-installation', { cluster: preparing, silent: true }, 'disconnected'],
    ['prepared and cluster installs', 'preparing-successful', { cluster: 'installing' }, 'installing'],
    ['prepared and cluster still prepares', 'preparing-successful', { cluster: preparing }, 'preparing-successful'],
    ['prepared and cluster gave up', 'preparing-successful', { cluster: 'insufficient', failing: preparation }, 'known'],
    ['prepared and silent', 'preparing-successful', { cluster: 'installing', silent: true }, 'disconnected'],
  ])('%s', (_name, status, given, expected) => {
    expect(to(status, given)).toBe(expected);
  });
});

describe('hosts that install', () => {
  it.each(['installing', 'installing-in-progress', 'installed', 'resetting-pending-user-action', 'installing-pending-user-action'] as const)(
    '%s shares the fate of a failed cluster, unless added later', (status) => {
      expect(to(status, { cluster: 'error' })).toBe('error');
      if (status !== 'installing' && status !== 'installing-in-progress') expect(to(status, { cluster: 'error', host: { kind: 'AddToExistingClusterHost' } })).toBe(status);
    });

  it('has 20 minutes to start and must not fall silent', () => {
    expect(to('installing', { cluster: 'installing', now: minutes(19.9) })).toBe('installing');
    expect(to('installing', { cluster: 'installing', now: minutes(20) })).toBe('error');
    expect(to('installing', { cluster: 'installing', silent: true })).toBe('error');
  });

  it.each([['Installing', 'error'], ['Writing image to disk', 'error'], ['Rebooting', 'installing-in-progress'], ['Starting installation', 'installing-in-progress']] as const)(
    'a silent host in stage %s is in %s', (stage, expected) => {
      expect(to('installing-in-progress', { cluster: 'installing', silent: true, host: { stage, stageUpdatedAt: epoch } })).toBe(expected);
    });

  it.each([
    ['Starting installation', 30, '30m0s'], ['Waiting for control plane', 60, '1h0m0s'], ['Waiting for bootkube', 60, '1h0m0s'], ['Waiting for controller', 60, '1h0m0s'],
    ['Installing', 60, '1h0m0s'], ['Writing image to disk', 30, '30m0s'], ['Rebooting', 70, '1h10m0s'], ['Waiting for ignition', 1440, '24h0m0s'], ['Configuring', 60, '1h0m0s'], ['Joined', 60, '1h0m0s'],
  ] as const)('stage %s ends after %i minutes', (stage, limit, shown) => {
    const host: Partial<Host> = { stage, stageUpdatedAt: epoch };
    expect(to('installing-in-progress', { cluster: 'installing', host, now: minutes(limit - 0.1) })).toBe('installing-in-progress');
    const late = find('installing-in-progress', { cluster: 'installing', host, now: minutes(limit) });
    expect(late.to).toBe('error');
    expect(late.info).toContain(shown);
  });

  it('does not count the time while the user has to reboot another host', () => {
    const host: Partial<Host> = { stage: 'Waiting for bootkube', stageUpdatedAt: epoch };
    const paused = (now: Date) => find('installing-in-progress', { cluster: 'installing-pending-user-action', host, now });
    expect(paused(minutes(90))).toMatchObject({ to: 'installing-in-progress', effect: { stageUpdatedAt: minutes(90) } });
    expect(paused(minutes(0.5)).effect).toEqual({});
    expect(to('installing-in-progress', { cluster: 'installing-pending-user-action', host: { ...host, stage: 'Configuring' }, now: minutes(90) })).toBe('error');
  });
});

describe('the table of host transitions', () => {
  it.each(['disabled', 'error', 'cancelled', 'resetting', 'added-to-existing-cluster', 'installed'] as const)('%s stays where it is', (status) => {
    expect(to(status, { silent: true, now: minutes(10_000) })).toBe(status);
  });

  it('has a rule for every status', () => {
    for (const status of hostStatuses) expect(to(status)).toBeDefined();
  });

  it('gives up on logs that do not come', () => {
    const logs = (host: Partial<Host>, now: Date) => find('error', { host, now }).effect;
    expect(logs({ logsInfo: 'requested', logsStartedAt: epoch }, minutes(9.9))).toBeUndefined();
    expect(logs({ logsInfo: 'requested', logsStartedAt: epoch }, minutes(10))).toEqual({ logsInfo: 'timeout' });
    expect(logs({ logsInfo: 'collecting', logsStartedAt: epoch }, minutes(2))).toEqual({ logsInfo: 'timeout' });
    expect(logs({ logsInfo: '' }, minutes(600))).toBeUndefined();
    expect(logs({ logsInfo: 'completed', logsStartedAt: epoch }, minutes(600))).toBeUndefined();
  });
});
