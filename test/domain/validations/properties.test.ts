import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { createValidationContext } from '../../../src/domain/validations/context';
import { clusterValidations, evaluateClusterValidations } from '../../../src/domain/validations/evaluate-cluster';
import { evaluateHostValidations, hostValidations } from '../../../src/domain/validations/evaluate-host';
import type { ValidationsInfo } from '../../../src/domain/validations/result';
import { calculateMajorityGroups } from '../../../src/domain/network/majority-groups';
import { playLife, life } from '../cluster/random-life';
import type { Story } from '../cluster/story';

const runs = { seed: 5, numRuns: 60 };

/** What all validations say, of the hosts by id. */
function evaluate({ now, settings_ }: Story, snapshot: ClusterSnapshot): { cluster: ValidationsInfo; hosts: [string, ValidationsInfo][] } {
  const context = createValidationContext(snapshot, now, settings_);
  const hosts = snapshot.hosts.map((host): [string, ValidationsInfo] => [host.id, evaluateHostValidations(context, host)]);
  return { cluster: evaluateClusterValidations(context), hosts: hosts.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

const shuffled = life.chain(([start, happenings]) => fc.record({ given: fc.constant([start, happenings] as const), order: fc.infiniteStream(fc.nat()) }));

describe('whatever happened to a cluster', () => {
  it('its validations say the same when they are asked again, and in whatever order its hosts are', () => {
    fc.assert(fc.property(shuffled, ({ given, order }) => {
      const story = playLife(given);
      const first = evaluate(story, story.snapshot);
      expect(evaluate(story, story.snapshot)).toEqual(first);
      const keys = new Map(story.snapshot.hosts.map((host) => [host.id, order.next().value as number]));
      const other = { ...story.snapshot, hosts: [...story.snapshot.hosts].sort((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0)) };
      expect(evaluate(story, other)).toEqual(first);
      expect(calculateMajorityGroups(other)).toEqual(calculateMajorityGroups(story.snapshot));
    }), runs);
  });

  it('each of them gives one result in its category with a sentence, but for what only a running agent can tell', () => {
    fc.assert(fc.property(life, (given) => {
      const story = playLife(given);
      const { cluster, hosts } = evaluate(story, story.snapshot);
      const idsOf = (info: ValidationsInfo): string[] => Object.values(info).flat().map(({ id }) => id).sort();
      expect(idsOf(cluster)).toEqual(clusterValidations.map(({ id }) => id).sort());
      for (const [id, info] of hosts) {
        const stage = story.snapshot.hosts.find((host) => host.id === id)?.stage ?? '';
        const isRebooted = ['Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done'].includes(stage);
        const expected = hostValidations.map((validation) => validation.id).filter((name) => !isRebooted || (name !== 'connected' && name !== 'ntp-synced'));
        expect(idsOf(info)).toEqual([...expected].sort());
      }
      const results = [cluster, ...hosts.map(([, info]) => info)].flatMap((info) => Object.values(info).flat());
      for (const { id, status, message } of results) {
        expect(['success', 'failure', 'pending', 'error'], id).toContain(status);
        expect(message, id).toMatch(/^[A-Z0-9].{9,}/);
      }
    }), runs);
  });
});
