import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Download } from '../../../src/services/clusters/open-object';
import { tellOfDownload } from '../../../src/services/clusters/tell-of-download';

const open = (stream: Readable | null): Download => ({
  fileName: 'kubeconfig', sizeBytes: 3, etag: '"e"', lastModified: undefined,
  content: stream ? { kind: 'whole', stream, length: 3 } : { kind: 'head' },
});

describe('a file that nobody may get unrecorded', () => {
  it('goes out once that is done', async () => {
    const stream = Readable.from(['abc']);
    const download = open(stream);
    expect(await tellOfDownload(download, () => Promise.resolve())).toBe(download);
    expect(stream.destroyed).toBe(false);
    expect((await stream.toArray()).join('')).toBe('abc');
  });

  it('stays, and its connection is ended, when that fails', async () => {
    const stream = Readable.from(['abc']);
    await expect(tellOfDownload(open(stream), () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
    expect(stream.destroyed).toBe(true);
    await expect(tellOfDownload(open(null), () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
  });
});
