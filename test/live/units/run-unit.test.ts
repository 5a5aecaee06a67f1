import { describe, expect, it } from 'vitest';
import { runUnit } from '../../../src/live/units/run-unit';

async function runAndListen(before: string[][], command: string[] | undefined, environment: Record<string, string> = {}): Promise<string[]> {
  const said: string[] = [];
  await runUnit({ name: 'x.service', before, command, environment, restartSeconds: undefined }, (line) => said.push(line));
  return said;
}

describe('a service', () => {
  it('runs with its environment after what comes before it', async () => {
    const said = await runAndListen([['/bin/sh', '-c', 'exit 1']], ['/bin/sh', '-c', 'test "$GREETING" = hello || exit 9'], { GREETING: 'hello' });
    expect(said).toEqual(['x.service ended with 1: /bin/sh', 'x.service ended with 0: /bin/sh']);
  });

  it('goes on without a program that this system lacks, but not without its own', async () => {
    expect(await runAndListen([['no-such-program', 'run']], ['/bin/sh', '-c', 'true'])).toEqual(['x.service goes on without no-such-program', 'x.service ended with 0: /bin/sh']);
    expect(await runAndListen([['/bin/sh', '-c', 'true']], ['/usr/bin/no-such-program'])).toEqual(['x.service left out: no program /usr/bin/no-such-program']);
    expect(await runAndListen([], undefined)).toEqual(['x.service left out: no program ']);
  });
});
