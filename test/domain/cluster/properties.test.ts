import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCluster } from '../../../src/domain/cluster/evaluate';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { clusterPercentage } from '../../../src/domain/cluster/installation-percentage';
import { installationPercentage } from '../../../src/domain/host/stages';
import type { HostStatus } from '../../../src/domain/host/status';
import { clusterRows } from '../transitions/cluster';
import { hostRefreshRows } from '../transitions/host-refresh';
import { hostUserRows } from '../transitions/host-user';
import { life, playLife as play } from './random-life';
import { Story } from './story';

const runs = { seed: 3, numRuns: 60 };

/** Every move that a row of the executed tables allows, as `from>to`. */
function movesOf(rows: readonly { from: readonly string[]; to: string }[]): Set<string> {
  return new Set(rows.flatMap(({ from, to }) => (to === 'same' || to === 'gone' ? [] : from.map((status) => `${status}>${to}`))));
}

const clusterMoves = movesOf(clusterRows);
const reporting: HostStatus[] = ['installing', 'installing-in-progress', 'installing-pending-user-action'];
const hostMoves = new Set([
  ...movesOf(hostRefreshRows), ...movesOf(hostUserRows),
  // What a host reports of its stages.
  ...reporting.flatMap((from) => ['installing-in-progress', 'installed', 'error'].map((to) => `${from}>${to}`)),
]);

/** The moves an event log tells of, as `from>to`. */
function movesIn(story: Story, name: string): string[] {
  return story.events.filter((event) => event.name === name).map((event) => event.key.split(':').find((part) => part.includes('>')) ?? '');
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
      for (const move of movesIn(story, 'cluster_status_updated')) expect(clusterMoves, move).toContain(move);
      for (const move of movesIn(story, 'host_status_updated')) expect(hostMoves, move).toContain(move);
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

  it('nothing new happens while time passes between deadlines, and no event is written twice', () => {
    fc.assert(fc.property(life, ([start, happenings]) => {
      // Nothing happens twice in a millisecond: the second time would be the same event.
      const later = { name: 'later', run: (story: Story) => void story.pass(1) };
      const story = play([start, happenings.flatMap((happening) => [later, happening])]).pass(1_000);
      expect(new Set(story.events.map(({ key }) => key)).size).toBe(story.events.length);
      for (let step = 0; step < 20; step += 1) {
        const ahead = (story.evaluation.deadline?.at.getTime() ?? Infinity) - story.now.getTime();
        const written = story.events.length;
        story.pass(20_000);
        if (ahead > 20_000) expect(story.events.slice(written).map(({ message }) => message)).toEqual([]);
        else expect(story.events.length - written).toBeLessThanOrEqual(20);
      }
    }), runs);
  });

  it('percentages are between 0 and 100, and only grow while an installation goes on', () => {
    fc.assert(fc.property(life, (given) => {
      let last: { startedAt: number; cluster: number; hosts: Map<string, number> } | undefined;
      play(given, ({ snapshot }) => {
        const { cluster } = snapshot;
        const singleNode = cluster.highAvailabilityMode === 'None';
        const hosts = new Map(snapshot.hosts.map((host) => [host.id, installationPercentage(host, singleNode)]));
        const now = { startedAt: cluster.installStartedAt?.getTime() ?? 0, cluster: clusterPercentage(snapshot).total, hosts };
        for (const value of [...Object.values(clusterPercentage(snapshot)), ...hosts.values()]) expect(value).toSatisfy((percent: number) => percent >= 0 && percent <= 100 && Number.isInteger(percent));
        const goesOn = ['installing', 'installing-pending-user-action', 'finalizing', 'installed'].includes(cluster.status);
        // A host that is taken out, or an operator that is lost again, is no progress.
        const same = last?.startedAt === now.startedAt && last.hosts.size === hosts.size && snapshot.operators.every(({ status }) => status !== 'failed');
        if (last !== undefined && goesOn && same) {
          expect(now.cluster).toBeGreaterThanOrEqual(last.cluster);
          for (const [id, percent] of hosts) expect(percent).toBeGreaterThanOrEqual(last.hosts.get(id) ?? 0);
        }
        last = now;
      });
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
