import { describe, expect, it } from 'vitest';
import { mergeIgnition } from '../../../src/domain/ignition/merge-ignition';
import { parseIgnition } from '../../../src/domain/ignition/parse-ignition';
import golden from './golden-merges.json';

/** Without what says nothing: an empty object stands for one that is not there. Raid options and such lists keep empty entries. */
function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, prune(inner)] as const).filter(([, inner]) => inner !== null && !(typeof inner === 'object' && Object.keys(inner).length === 0)));
}

/** What Ignition 2.20 itself (`config/v3_2`, Merge) made of the same two configurations; empty fields are left out. */
describe('two configurations are merged as Ignition itself merges them', () => {
  it.each(golden.map(({ what, parent, child, merged }) => [what, parent, child, merged] as const))('with %s', (_what, parent, child, merged) => {
    const [below, above] = [parent, child].map((config) => parseIgnition(JSON.stringify(config)));
    expect(below && above && prune(mergeIgnition(below, above))).toEqual(merged);
  });
});
