import type { Download } from '../services/clusters/open-object';
import { errorReply } from './errors';
import type { Reply } from './reply';

/** A file as an attachment: whole, a part of it (206), only its headers, or 416 for a part that it does not have. */
export function downloadReply({ fileName, sizeBytes, etag, lastModified, content }: Download): Reply {
  const headers: Record<string, string> = {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ...(content.kind !== 'flowing' && { 'Accept-Ranges': 'bytes' }),
    ...(etag !== '' && { ETag: etag }),
    ...(lastModified && { 'Last-Modified': lastModified.toUTCString() }),
  };
  switch (content.kind) {
    case 'head':
      return { status: 200, headers: { ...headers, 'Content-Length': String(sizeBytes) }, body: null, bytes: 0 };
    case 'whole':
      return { status: 200, headers: { ...headers, 'Content-Length': String(content.length) }, body: content.stream, bytes: content.length };
    case 'range':
      return {
        status: 206,
        headers: { ...headers, 'Content-Length': String(content.length), 'Content-Range': content.range },
        body: content.stream,
        bytes: content.length,
      };
    case 'flowing':
      return { status: 200, headers, body: content.stream, bytes: 0 };
    case 'outside':
      return errorReply(416, 'The range lies outside of the file.', { 'Content-Range': `bytes */${sizeBytes}` });
  }
}
