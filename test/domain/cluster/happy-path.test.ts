import { describe, expect, it } from 'vitest';
import { clusterPercentage } from '../../../src/domain/cluster/installation-percentage';
import { Story, toFinalizing, toInstalling, toReady } from './story';

describe('from registration to installed', () => {
  it('waits for input, then for hosts, then is ready', () => {
    const story = new Story();
    expect(story.status).toBe('pending-for-input');
    story.discover();
    expect(story.hostStatuses()).toEqual(['pending-for-input', 'pending-for-input', 'pending-for-input']);
    story.setVips();
    expect(story.snapshot.cluster.machineNetworkCidr).toBe('192.168.126.0/24');
    expect(story.hostStatuses()).toEqual(['known', 'known', 'known']);
    expect(story.status).toBe('ready');
  });

  it('prepares hosts and files at the same time', () => {
    const story = toReady().do({ operation: 'install' });
    expect(story.status).toBe('preparing-for-installation');
    expect(story.hostStatuses()).toEqual(Array(3).fill('preparing-for-installation'));
    expect(story.snapshot.hosts.map((host) => host.role)).toEqual(['master', 'master', 'master']);
    expect(story.snapshot.hosts.map((host) => host.bootstrap)).toEqual([false, false, true]);
    expect(story.evaluation.duties).toEqual(['prepare']);
    story.prepareHosts();
    expect(story.hostStatuses()).toEqual(Array(3).fill('preparing-successful'));
    expect(story.status).toBe('preparing-for-installation');
    story.outcome({ kind: 'prepared', openshiftClusterId: 'e3f5c1f4-0000-4000-8000-000000000001' });
    expect(story.status).toBe('installing');
    expect(story.hostStatuses()).toEqual(Array(3).fill('installing'));
    expect(story.evaluation.duties).toEqual([]);
    expect(story.evaluation.wanted).toMatchObject({ externalClusterId: 'e3f5c1f4-0000-4000-8000-000000000001', status: 'Reserved', consoleUrl: '' });
  });

  it('ends installed once kubeconfig and console are there', () => {
    const story = toFinalizing();
    expect(story.status).toBe('finalizing');
    expect(story.hostStatuses()).toEqual(Array(3).fill('installed'));
    expect(story.fact({ kind: 'kubeconfigUploaded' }).status).toBe('finalizing');
    story.fact({ kind: 'operatorReported', name: 'console', status: 'progressing', statusInfo: '' });
    expect(story.status).toBe('finalizing');
    story.fact({ kind: 'operatorReported', name: 'console', status: 'available', statusInfo: '' });
    expect(story.status).toBe('installed');
    expect(story.snapshot.cluster.installCompletedAt).toEqual(story.now);
    expect(story.evaluation.wanted).toMatchObject({ status: 'Active', consoleUrl: 'https://console-openshift-console.apps.demo.example.com' });
    expect(story.statuses).toEqual(['insufficient', 'pending-for-input', 'ready', 'preparing-for-installation', 'installing', 'finalizing', 'installed']);
    expect(clusterPercentage(story.snapshot).total).toBe(100);
  });

  it('goes on after a detour over a wrong boot order', () => {
    const story = toInstalling().progress(1, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting');
    story.register(1);
    expect(story.host(1).status).toBe('installing-pending-user-action');
    expect(story.status).toBe('installing-pending-user-action');
    expect(story.register(1)).toMatchObject({ type: 'Forbidden' });
    story.progress(1, 'Configuring');
    expect(story.host(1).status).toBe('installing-in-progress');
    expect(story.status).toBe('installing');
  });

  it('installs a single node with the address of its host as virtual addresses', () => {
    const story = new Story({ highAvailabilityMode: 'None', userManagedNetworking: true }).discover(1);
    expect(story.status).toBe('pending-for-input');
    story.do({ operation: 'updateCluster', machineNetworkCidr: '192.168.126.0/24' });
    expect(story.status).toBe('ready');
    story.install();
    expect(story.snapshot.cluster).toMatchObject({ status: 'installing', apiVip: '192.168.126.11', ingressVip: '192.168.126.11' });
    story.progress(1, 'Starting installation', 'Installing', 'Waiting for bootkube', 'Writing image to disk', 'Rebooting', 'Configuring', 'Joined', 'Done');
    expect(story.status).toBe('finalizing');
  });

  it('drafts every event with a key of its own', () => {
    const story = toFinalizing().fact({ kind: 'kubeconfigUploaded' }).fact({ kind: 'operatorReported', name: 'console', status: 'available', statusInfo: '' });
    const keys = story.events.map((event) => event.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(story.events.map((event) => event.name)).toEqual(expect.arrayContaining(
      ['cluster_registered', 'host_registered', 'host_status_updated', 'host_set_bootstrap', 'prepare_succeeded', 'host_stage_reached', 'install_finished']));
  });
});
