import { expect, it } from 'vitest';
import { formatTable, meetsGoal } from './measurement';
import { parseOptions } from './options';

it('figures are shown aligned, with the verdict on their goals', () => {
  const figures = [
    { name: 'start', value: 4.9, unit: 's', goal: 15 },
    { name: 'idle memory', value: 437.2, unit: 'MB', goal: 400, note: 'API 141' },
    { name: 'other', value: 0.1234, unit: 'ms' },
  ];
  expect(formatTable(figures)).toBe(
    ['measure         value      goal        note', 'start         4.900 s    < 15 s  ok', 'idle memory    437 MB  < 400 MB  over  API 141', 'other        0.123 ms'].join('\n'),
  );
  expect(figures.map(meetsGoal)).toEqual([true, false, true]);
});

it('options are checked', () => {
  expect(parseOptions(['skeleton', '--only', 'image,memory', '--pairs', '1'])).toMatchObject({ only: ['image', 'memory'], pairs: 1, clusters: 100 });
  expect(parseOptions(['domain'])).toMatchObject({ suite: 'domain', only: ['domain'] });
  expect(() => parseOptions([])).toThrow('skeleton');
  expect(() => parseOptions(['domain', '--only', 'image'])).toThrow('domain has domain');
  expect(() => parseOptions(['skeleton', '--only', 'speed'])).toThrow('speed');
  expect(() => parseOptions(['skeleton', '--seconds', '0'])).toThrow('--seconds 0');
});
