import { expect, it } from 'vitest';
import { fieldPace, lookEvery } from '../../../../src/agent/protocol/controller/controller-pace';

it('other intervals leave the limits as they are', () => {
  const pace = lookEvery(fieldPace, 5_000);
  expect(pace.nodes).toEqual({ everyMs: 5_000, limitMs: fieldPace.nodes.limitMs });
  expect(pace.completion).toEqual({ everyMs: 5_000, limitMs: fieldPace.completion.limitMs });
  expect(pace).toMatchObject({ olmEveryMs: 5_000, watchEveryMs: 5_000, logsEveryMs: 50_000, retries: fieldPace.retries });
});
