import { describe, expect, it } from 'vitest';
import { stageTimeouts } from '../../src/config/stage-timeouts';
import { defaultDeadlines } from '../../src/domain/deadlines/default-deadlines';

describe('time-outs of installation stages', () => {
  it('replace the defaults of the stages that are named', () => {
    expect(stageTimeouts.parse('')).toEqual(defaultDeadlines.stage);
    expect(stageTimeouts.parse(' Writing image to disk = 20s ,default=1m30s,')).toEqual({ ...defaultDeadlines.stage, 'Writing image to disk': 20_000, default: 90_000 });
  });

  it.each(['Writing=20s', 'Rebooting', 'Rebooting=soon', 'Rebooting=0s', 'toString=1m'])('%s is refused, and the stages are named', (text) => {
    expect(() => stageTimeouts.parse(text)).toThrow(/must be one of Starting installation, .*, default with =duration/);
  });
});
