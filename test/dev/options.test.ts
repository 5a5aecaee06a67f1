import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LaunchError } from '../../src/dev/launch-error';
import { parseOptions } from '../../src/dev/options';

describe('the options of npm start', () => {
  it('has defaults', () => {
    expect(parseOptions([])).toEqual({ help: false, dataDir: resolve('.data'), ephemeral: false, portBase: 8090 });
  });

  it('reads all options', () => {
    expect(parseOptions(['--data', 'x', '--port-base', '9000', '--ephemeral'])).toEqual({
      help: false,
      dataDir: resolve('x'),
      ephemeral: true,
      portBase: 9000,
    });
  });

  it('names no directory for an ephemeral stack unless asked', () => {
    expect(parseOptions(['--ephemeral']).dataDir).toBeUndefined();
  });

  it.each([
    [['--bogus'], '--bogus'],
    [['word'], 'word'],
    [['--data'], '--data'],
    [['--data', ''], '--data'],
    [['--port-base', 'x'], '--port-base'],
    [['--port-base', '0'], '--port-base'],
    [['--port-base', '65530'], '--port-base'],
    [['--port-base', '80.5'], '--port-base'],
  ])('refuses %j in one line', (argv, named) => {
    const attempt = () => parseOptions(argv);
    expect(attempt).toThrow(LaunchError);
    expect(attempt).toThrow(named);
    expect(attempt).not.toThrow('\n');
  });
});
