import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderTable } from '../../src/dev/doctor/render-table';
import { runChecks } from '../../src/dev/doctor/run-checks';
import { findCacheDir } from '../../src/dev/cache-dir';

describe('the doctor', () => {
  it('finds a machine that runs these tests fit', async () => {
    const checks = await runChecks({ cacheDir: findCacheDir() });
    expect(checks.filter(({ state }) => state === 'missing')).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'node',
        'postgres',
        'temporal',
        'versitygw',
        'go',
        'unshare',
        'java, maven',
        'base image tools',
        'ports',
        'memory',
      ]),
    );
  });

  it('says for everything that is not ok how to mend it', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'assisted-doctor-'));
    const path = process.env.PATH;
    process.env.PATH = empty;
    const checks = await runChecks({ cacheDir: empty }).finally(() => {
      process.env.PATH = path;
      rmSync(empty, { recursive: true });
    });
    const faulty = checks.filter(({ state }) => state !== 'ok');
    expect(faulty.map(({ name }) => name)).toEqual(expect.arrayContaining(['go', 'java, maven']));
    for (const { fix } of faulty) expect(fix).toBeTruthy();
  });

  it('prints a table with the fix below what needs it', () => {
    expect(
      renderTable([
        { name: 'node', state: 'ok', detail: '22.1.0' },
        { name: 'temporal', state: 'missing', detail: 'not there', fix: 'get it' },
      ]).split('\n'),
    ).toEqual(['node      ok       22.1.0', 'temporal  missing  not there', '                   fix: get it']);
  });
});
