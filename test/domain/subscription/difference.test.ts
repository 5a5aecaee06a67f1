import { describe, expect, it } from 'vitest';
import { subscriptionDifference, subscriptionPatches } from '../../../src/domain/subscription/difference';
import type { AppliedSubscription, WantedSubscription } from '../../../src/domain/subscription/model';
import { wantedSubscription } from '../../../src/domain/subscription/wanted';
import { toFinalizing } from '../cluster/story';

const wanted: WantedSubscription = { released: false, displayName: 'demo', externalClusterId: '', consoleUrl: '', status: 'Reserved' };
const applied: AppliedSubscription = { ...wanted, id: 'sub' };

describe('the difference between wanted and applied subscription', () => {
  it('is a creation, nothing, a patch or a release', () => {
    expect(subscriptionDifference(wanted, null)).toBe('create');
    expect(subscriptionDifference(wanted, applied)).toBeNull();
    expect(subscriptionDifference({ ...wanted, displayName: 'other' }, applied)).toBe('patch');
    expect(subscriptionDifference({ ...wanted, released: true }, applied)).toBe('release');
    expect(subscriptionDifference({ ...wanted, released: true }, null)).toBe('release');
    expect(subscriptionDifference({ ...wanted, released: true }, { ...applied, released: true })).toBeNull();
  });

  it('patches in order', () => {
    const all: WantedSubscription = { released: false, displayName: 'new', externalClusterId: 'ext', consoleUrl: 'https://console', status: 'Active' };
    expect(subscriptionPatches(all, applied).map((patch) => patch.field)).toEqual(['display_name', 'external_cluster_id', 'console_url', 'status']);
  });

  it('never takes back what AMS holds', () => {
    expect(subscriptionPatches(wanted, { ...applied, externalClusterId: 'ext', consoleUrl: 'https://console', status: 'Active' })).toEqual([]);
  });
});

describe('the wanted subscription', () => {
  it('knows the console once it is available and becomes Active with the cluster', () => {
    const story = toFinalizing();
    expect(story.evaluation.wanted).toMatchObject({ consoleUrl: '', status: 'Reserved', released: false });
    story.fact({ kind: 'operatorReported', name: 'console', status: 'available', statusInfo: '' });
    expect(story.evaluation.wanted).toMatchObject({ consoleUrl: 'https://console-openshift-console.apps.demo.example.com', status: 'Reserved' });
    story.fact({ kind: 'kubeconfigUploaded' });
    expect(story.evaluation.wanted.status).toBe('Active');
    expect(wantedSubscription(story.snapshot, true).released).toBe(true);
  });

  it('asks for no blank external id after a reset', () => {
    const story = toFinalizing();
    const held: AppliedSubscription = { ...story.evaluation.wanted, id: 'sub' };
    story.do({ operation: 'reset' });
    expect(subscriptionDifference(story.evaluation.wanted, held)).toBeNull();
  });
});
