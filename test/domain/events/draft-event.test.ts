import { describe, expect, it } from 'vitest';
import { eventCatalog } from '../../../src/domain/events/catalog';
import { draftEvent } from '../../../src/domain/events/draft-event';
import { findValidationFlips } from '../../../src/domain/events/validation-flips';
import { applyFact } from '../../../src/domain/cluster/apply-fact';
import { clusterId, epoch, hostId, settings, toInstalling } from '../cluster/story';

describe('events', () => {
  it('have a key that is the same for the same cause only', () => {
    const draft = (cause: number) => draftEvent('host_set_bootstrap', { host: 'a' }, { clusterId, hostId: hostId(1), cause, at: epoch });
    expect(draft(1)).toEqual(draft(1));
    expect(draft(1).key).not.toBe(draft(2).key);
    expect(draft(1)).toMatchObject({ name: 'host_set_bootstrap', severity: 'info', category: 'user', message: 'Host a was chosen as the bootstrap host', hostId: hostId(1) });
  });

  it('of a host\'s status are as severe as the status', () => {
    const severity = (to: 'known' | 'error' | 'disconnected' | 'insufficient' | 'installing-pending-user-action') =>
      draftEvent('host_status_updated', { host: 'a', from: 'known', to, info: '' }, { clusterId, cause: 1, at: epoch }).severity;
    expect(severity('known')).toBe('info');
    expect(severity('error')).toBe('error');
    for (const to of ['disconnected', 'insufficient', 'installing-pending-user-action'] as const) expect(severity(to)).toBe('warning');
  });

  it('are all named in the words of the field', () => {
    for (const name of Object.keys(eventCatalog)) expect(name).toMatch(/^[a-z]+([_.][a-z]+)+$/);
  });

  it('come one per entry of the facts log, whatever its kind', () => {
    const { snapshot } = toInstalling();
    const apply = (fact: Parameters<typeof applyFact>[1]['fact']) => applyFact(snapshot, { seq: 7, at: epoch, fact }, settings).events.map((event) => event.key);
    expect(apply({ kind: 'hostDiskSlow', hostId: hostId(1), path: '/dev/sda', speedMs: 20, thresholdMs: 10 })).toEqual([`host_disk_slow:${hostId(1)}:7`]);
    expect(apply({ kind: 'hostImageStatus', hostId: hostId(1), name: 'i', result: 'success', sizeBytes: 1, timeSeconds: 1, downloadRate: 1 })).toEqual([`host_image_status:${hostId(1)}:7`]);
    expect(apply({ kind: 'operatorReported', name: 'console', status: 'failed', statusInfo: '' })).toEqual(['operator_status_updated:7']);
    expect(apply({ kind: 'hostProgress', hostId: hostId(9), stage: 'Done', info: '' })).toEqual([]);
  });
});

describe('validation flips', () => {
  const info = (status: 'success' | 'failure' | 'pending') => ({ network: [{ id: 'a', status, message: '' }] });
  it('are changes between success and failure', () => {
    expect(findValidationFlips(info('success'), info('failure')).failed).toHaveLength(1);
    expect(findValidationFlips(info('failure'), info('success')).fixed).toHaveLength(1);
    for (const [from, to] of [['pending', 'failure'], ['success', 'pending'], ['success', 'success']] as const) {
      expect(findValidationFlips(info(from), info(to))).toEqual({ failed: [], fixed: [] });
    }
    expect(findValidationFlips({}, info('failure'))).toEqual({ failed: [], fixed: [] });
  });
});
