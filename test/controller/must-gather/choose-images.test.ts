import { expect, it } from 'vitest';
import { chooseImages } from '../../../src/controller/must-gather/choose-images';

const map = JSON.stringify({ ocp: 'ocp:1', lso: 'lso:1', cnv: 'cnv:1', ocs: '' });

it.each([
  ['nothing is wrong', map, false, [], undefined],
  ['nothing is wrong and there is one image', 'one:1', false, [], undefined],
  ['the release says which', '', true, [], []],
  ['one image is for everything', 'registry.example.com/one:1', true, ['lso'], ['registry.example.com/one:1']],
  ['the cluster failed', map, true, [], ['ocp:1']],
  ['the cluster and operators failed', map, true, ['lso', 'cnv', 'lso'], ['ocp:1', 'lso:1', 'cnv:1']],
  ['an operator failed alone', map, false, ['lso'], ['lso:1']],
  ['an operator failed that has no image', map, false, ['ocs'], undefined],
  ['the cluster failed that has no image', '{"lso":"lso:1"}', true, [], []],
  ['it is no such JSON', '{"ocp":1}', true, [], ['{"ocp":1}']],
] as const)('%s', (_when, setting, cluster, operators, images) => {
  expect(chooseImages(setting, { cluster, operators })).toEqual(images);
});
