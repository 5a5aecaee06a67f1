import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { toDataUrl } from '../../../src/domain/ignition/data-url';
import { rootFile } from '../../../src/domain/ignition/root-file';
import { writeFiles } from '../../../src/live/ignition/write-files';

const root = mkdtempSync(join(tmpdir(), 'live-root-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('files are there with their content and mode; those that are there already are replaced', async () => {
  const config = (content: string) => ({
    ignition: { version: '3.1.0' },
    storage: {
      files: [
        rootFile('/etc/deep/secret', 0o600, content),
        { path: '/usr/local/bin/tool', mode: 0o755, contents: { source: toDataUrl('#!/bin/sh\n') }, append: [{ source: toDataUrl('true\n') }] },
        { path: '/etc/empty' },
      ],
    },
  });
  await writeFiles(config('first'), root);
  expect(await writeFiles(config('second'), root)).toEqual(['/etc/deep/secret', '/usr/local/bin/tool', '/etc/empty']);
  expect(readFileSync(join(root, 'etc/deep/secret'), 'utf8')).toBe('second');
  expect(readFileSync(join(root, 'usr/local/bin/tool'), 'utf8')).toBe('#!/bin/sh\ntrue\n');
  expect(readFileSync(join(root, 'etc/empty'), 'utf8')).toBe('');
  expect(['etc/deep/secret', 'usr/local/bin/tool', 'etc/empty'].map((path) => statSync(join(root, path)).mode & 0o777)).toEqual([0o600, 0o755, 0o644]);
});
