import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LaunchError } from '../../../src/dev/launch-error';
import { cachedToolPath, locateTool } from '../../../src/dev/tools/locate-tool';
import { obtainTool } from '../../../src/dev/tools/obtain-tool';
import { planTool } from '../../../src/dev/tools/plan-tool';
import { temporalTool, type Tool } from '../../../src/dev/tools/tool';
import { FileServer, sha256 } from '../file-server';

let dir: string;
let server: FileServer;
let tool: Tool;
const noGo = () => Promise.resolve(undefined);

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'assisted-tools-'));
  server = new FileServer();
  const base = await server.open();
  tool = {
    name: 'hammer',
    version: '1.2.3',
    title: 'Hammer',
    releases: [{ archive: `${base}/hammer.tar.gz`, checksums: `${base}/checksums.txt` }],
    goPackage: 'example.com/hammer@v1.2.3',
    accepts: (output) => output.startsWith('hammer'),
  };
});

afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const options = () => ({ cacheDir: join(dir, 'cache'), searchPath: join(dir, 'path'), findGo: noGo, log: () => undefined });

function makeProgram(path: string, output: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${output}"\n`);
  chmodSync(path, 0o755);
}

function publish(checksum?: string): void {
  makeProgram(join(dir, 'release/hammer_1/hammer'), 'hammer 1.2.3');
  execFileSync('tar', ['-czf', join(dir, 'a.tar.gz'), '-C', join(dir, 'release'), 'hammer_1']);
  const body = readFileSync(join(dir, 'a.tar.gz'));
  server.files.set('/hammer.tar.gz', { body, etag: '"1"' });
  server.files.set('/checksums.txt', { body: Buffer.from(`${checksum ?? sha256(body)}  hammer.tar.gz\n`) });
}

describe('a tool', () => {
  it('is taken from PATH, then from the cache', async () => {
    const cached = cachedToolPath(tool, options().cacheDir);
    makeProgram(cached, 'hammer 1.2.3');
    expect(await locateTool(tool, options())).toEqual({ path: cached, source: 'cache', version: 'hammer 1.2.3' });
    makeProgram(join(dir, 'path/hammer'), 'hammer 9');
    expect(await obtainTool(tool, options())).toBe(join(dir, 'path/hammer'));
  });

  it('on PATH is left alone when it is another program', async () => {
    makeProgram(join(dir, 'path/hammer'), 'a musician');
    expect(await locateTool(tool, options())).toBeUndefined();
  });

  it('is downloaded with its checksum into the cache, once', async () => {
    publish();
    const [first, second] = await Promise.all([obtainTool(tool, options()), obtainTool(tool, options())]);
    expect(first).toBe(cachedToolPath(tool, options().cacheDir));
    expect(second).toBe(first);
    expect(execFileSync(first, ['--version']).toString()).toBe('hammer 1.2.3\n');
    expect(server.requests.filter(({ method, path }) => method === 'GET' && path === '/hammer.tar.gz')).toHaveLength(1);
    expect(readdirSync(join(options().cacheDir, 'bin'))).toEqual([`hammer-1.2.3-linux-${process.arch}`]);
  });

  it('with a wrong checksum is not kept', async () => {
    publish('0'.repeat(64));
    await expect(obtainTool(tool, options())).rejects.toThrow('sha256');
    expect(readdirSync(join(options().cacheDir, 'bin'))).toEqual([]);
  });

  it('is built by Go where nothing can be downloaded', async () => {
    expect(await planTool(tool, { ...options(), findGo: () => Promise.resolve('1.26.1') })).toEqual({ kind: 'build', go: '1.26.1' });
  });

  it.each([
    [undefined, 'there is no Go'],
    ['1.19.8', 'Go 1.19.8 is older than 1.25'],
  ])('that cannot be got (Go %s) is named in one line with the command that gets it', async (go, reason) => {
    const refusal = await planTool(tool, { ...options(), findGo: () => Promise.resolve(go) }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LaunchError);
    const { message } = refusal as LaunchError;
    expect(message).toContain('Hammer: hammer 1.2.3');
    expect(message).toContain(reason);
    expect(message).toContain('go install example.com/hammer@v1.2.3');
    expect(message).not.toContain('\n');
  });
});

describe('the Temporal CLI', () => {
  it.each([
    ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', true],
    ['temporal version 1.4.0 (Server 1.28.0, UI 2.39.0)', true],
    ['temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)', true],
    ['temporal version 1.1.0 (Server 1.25.0, UI 2.30.3)', false],
    ['something else', false],
  ])('"%s" is accepted: %s', (output, accepted) => {
    expect(temporalTool.accepts(output)).toBe(accepted);
  });
});
