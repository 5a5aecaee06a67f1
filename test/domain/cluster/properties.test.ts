import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCluster } from '../../../src/domain/cluster/evaluate';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { clusterStatuses, type ClusterStatus } from '../../../src/domain/cluster/status';
import { clusterRefreshRules } from '../../../src/domain/cluster/transitions';
import { hostRefreshRules } from '../../../src/domain/host/refresh-transitions';
import { registrationRules } from '../../../src/domain/host/registration-transitions';
import type { HostStatus } from '../../../src/domain/host/status';
import { hostUserRules } from '../../../src/domain/host/user-transitions';
import { life } from './random-life';
import { Story } from './story';

const runs = { seed: 3, numRuns: 100 };

function pairsOf<S extends string>(rules: readonly { from: readonly S[]; to: S | 'same' }[]): Set<string> {
  return new Set(rules.flatMap(({ from, to }) => (to === 'same' ? [] : from.map((status) => `${status}>${to}`))));
}

const byUser: Partial<Record<ClusterStatus, ClusterStatus[]>> = {
  ready: ['preparing-for-installation'],
  'preparing-for-installation': ['ready', 'insufficient'],
  installing: ['cancelled', 'insufficient'],
  'installing-pending-user-action': ['cancelled', 'insufficient'],
  finalizing: ['cancelled', 'insufficient', 'error'],
  error: ['cancelled', 'insufficient'],
  cancelled: ['insufficient'],
};
const clusterPairs = pairsOf(clusterRefreshRules);
for (const from of clusterStatuses) for (const to of byUser[from] ?? []) clusterPairs.add(`${from}>${to}`);

const installing: HostStatus[] = ['installing', 'installing-in-progress', 'installing-pending-user-action'];
const hostPairs = new Set([
  ...pairsOf(hostRefreshRules), ...pairsOf(hostUserRules), ...pairsOf(registrationRules),
  ...installing.flatMap((from) => ['installing-in-progress', 'installed', 'error'].map((to) => `${from}>${to}`)),
]);

/** The moves an event log tells of, as `from>to`. */
function movesIn(story: Story, name: string): string[] {
  return story.events.filter((event) => event.name === name).map((event) => event.key.split(':').find((part) => part.includes('>')) ?? '');
}

function play([start, happenings]: typeof life extends fc.Arbitrary<infer T> ? T : never, each: (story: Story) => void = () => undefined): Story {
  const story = start();
  for (const { run } of happenings) {
    run(story);
    each(story);
  }
  return story;
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Date) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

const evaluate = (story: Story, snapshot: ClusterSnapshot) => evaluateCluster(snapshot, story.now, story.settings_);

describe('whatever happens', () => {
  it('no cluster and no host leaves its table', () => {
    fc.assert(fc.property(life, (given) => {
      const story = play(given);
      for (const move of movesIn(story, 'cluster_status_updated')) expect(clusterPairs, move).toContain(move);
      for (const move of movesIn(story, 'host_status_updated')) expect(hostPairs, move).toContain(move);
    }), runs);
  });

  it('an evaluation is repeatable, changes none of its input, and a second one changes nothing', () => {
    fc.assert(fc.property(life, (given) => {
      play(given, (story) => {
        const input = frozen(story.snapshot);
        const first = evaluate(story, input);
        expect(evaluate(story, input)).toEqual(first);
        const second = evaluate(story, first.snapshot);
        expect(second.snapshot).toBe(first.snapshot);
        expect(second.events).toEqual([]);
        expect(second.duties).toEqual(first.duties);
      });
    }), runs);
  });

  it('a deadline lies ahead; at its time there is a change or a duty, and only later deadlines are left', () => {
    fc.assert(fc.property(life, (given) => {
      const story = play(given);
      for (let step = 0; step < 40; step += 1) {
        const before = evaluate(story, story.snapshot);
        if (before.deadline === null) break;
        expect(before.deadline.at.getTime()).toBeGreaterThan(story.now.getTime());
        story.now = before.deadline.at;
        const after = evaluate(story, before.snapshot);
        expect(after.deadline === null || after.deadline.at.getTime() > before.deadline.at.getTime()).toBe(true);
        const waits = before.deadline.name === '3-week inactivity' && before.snapshot.cluster.status === 'installing';
        expect(waits || after.snapshot !== before.snapshot || after.duties.length > before.duties.length, before.deadline.name).toBe(true);
        story.snapshot = after.snapshot;
      }
    }), runs);
  });

  it('a burst ends where single steps end', () => {
    fc.assert(fc.property(life, ([start, happenings]) => {
      const story = play([start, happenings]);
      const again = play([start, happenings]);
      expect(again.snapshot).toEqual(story.snapshot);
      expect(again.events.map((event) => event.key)).toEqual(story.events.map((event) => event.key));
    }), { seed: 3, numRuns: 40 });
  });
});

describe('a burst', () => {
  it('of all reports of three hosts leads to where one by one led', () => {
    const single = new Story().discover().setVips();
    const reported = single.snapshot.hosts;
    const burst = new Story().discover(3);
    burst.snapshot = { ...burst.snapshot, hosts: reported.map((host) => ({ ...host, status: 'discovering' as const, validationsInfo: '' })) };
    burst.setVips();
    expect(burst.hostStatuses()).toEqual(single.hostStatuses());
    expect(burst.status).toBe(single.status);
  });
});
