import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What `npm run build` makes. */
const built = /^dist\/(main|ams-standin|agent|controller|workflow-bundle)\.js(\.map)?$/;
const files = readdirSync('deploy', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('Containerfile')).map((path) => join('deploy', path));

/** Instructions with their arguments; continued lines are joined. */
const instructions = (path: string): string[][] =>
  readFileSync(path, 'utf8').replaceAll('\\\n', ' ').split('\n').filter((line) => /^[A-Z]+ /.test(line)).map((line) => line.trim().split(/\s+/));

describe.each(files)('%s', (path) => {
  const all = instructions(path);
  const of = (name: string): string[][] => all.filter(([instruction]) => instruction === name).map(([, ...rest]) => rest);

  it('copies only what is there, or what the build makes', () => {
    const sources = of('COPY').flatMap((words) => words.filter((word) => !word.startsWith('--')).slice(0, -1));
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(source) && !built.test(source))).toEqual([]);
  });

  it('begins with an image that names its registry and version', () => {
    const bases = of('FROM').map(([image = '']) => image);
    expect(bases.length).toBeGreaterThan(0);
    for (const base of bases) expect(base).toMatch(/^[a-z0-9.-]+\.[a-z]+\/[^:@]+(:[^:]*\d[^:]*|@sha256:[0-9a-f]{64})$/);
  });

  it('starts one program without a shell', () => {
    expect(of('ENTRYPOINT').map((words) => words[0]?.startsWith('["'))).toEqual([true]);
  });
});

it('the controller needs no root; the agent, which writes disks, is the one that does', () => {
  const users = Object.fromEntries(files.map((path) => [path, instructions(path).filter(([name]) => name === 'USER').map(([, user]) => user)]));
  expect(users).toMatchObject({ 'deploy/agent/Containerfile': [], 'deploy/controller/Containerfile': ['1001'] });
});

it('the script that starts the agent\'s container can be executed', () => {
  expect(statSync('deploy/agent/agent').mode & 0o111).toBe(0o111);
});
