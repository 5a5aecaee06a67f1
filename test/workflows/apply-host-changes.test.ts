import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findHostChanges } from '../../activities/host-changes';
import { applyHostChanges } from '../../workflows/cluster/apply-host-changes';
import type { CarriedHost } from '../../workflows/cluster/contract';

const host = fc.record<CarriedHost>({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  name: fc.constantFrom('one', 'two'),
  role: fc.constantFrom('master', 'worker'),
  bootstrap: fc.boolean(),
  status: fc.constantFrom('discovering', 'known'),
  stage: fc.constantFrom('', 'Done'),
});
const hosts = fc.uniqueArray(host, { selector: ({ id }) => id });
const byId = (list: readonly CarriedHost[]): CarriedHost[] => [...list].sort((a, b) => a.id.localeCompare(b.id));

it('what differs between two lists of hosts makes one into the other', () => {
  fc.assert(fc.property(hosts, hosts, (known, present) => {
    expect(byId(applyHostChanges(known, findHostChanges(known, present)))).toEqual(byId(present));
  }));
});

it('nothing is told of hosts that are as they were, and the others keep their places', () => {
  fc.assert(fc.property(hosts, hosts, (known, added) => {
    const present = [...known, ...added.filter(({ id }) => known.every((other) => other.id !== id))];
    expect(findHostChanges(known, known)).toEqual({ changed: [], removed: [] });
    expect(applyHostChanges(known, findHostChanges(known, present))).toEqual(present);
  }));
});

it('a list is all hosts, as in histories from before changes were told', () => {
  fc.assert(fc.property(hosts, hosts, (known, present) => {
    expect(applyHostChanges(known, present)).toEqual(present);
  }));
});
