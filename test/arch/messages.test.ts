import { describe, expect, it } from 'vitest';
import { clusterSearchAttributes } from '../../workflows/cluster/search-attributes';
import * as messages from '../../workflows/cluster/messages';
import { devSettings } from '../../src/dev/settings';

describe('messages of the cluster workflow', () => {
  it('have constants named after their wire name and kind', () => {
    const constants = Object.entries(messages).filter(([, value]) => typeof value === 'string');
    expect(constants.length).toBeGreaterThan(10);
    for (const [constant, wire] of constants) expect([`${String(wire)}Signal`, `${String(wire)}Update`, `${String(wire)}Query`]).toContain(constant);
  });

  it('use search attributes that the development stack registers', () => {
    expect(clusterSearchAttributes.map((key) => key.name).sort()).toEqual(Object.keys(devSettings.temporal.searchAttributes).sort());
  });
});
