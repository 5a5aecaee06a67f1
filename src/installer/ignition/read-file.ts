import { gunzipSync } from 'node:zlib';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';

/** Text of a file that a configuration holds itself; undefined when it does not, or has it fetched. */
export function findIgnitionFileText(config: IgnitionConfig, path: string): string | undefined {
  const contents = config.storage?.files?.find((file) => file.path === path)?.contents;
  const bytes = decodeDataUrl(contents?.source ?? '');
  if (!bytes) return undefined;
  return (contents?.compression === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Bytes of a data URL (RFC 2397), percent-encoded or in base64. */
function decodeDataUrl(url: string): Buffer | undefined {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
  if (!match) return undefined;
  const [, isBase64, data = ''] = match;
  return isBase64 ? Buffer.from(decodeURIComponent(data), 'base64') : Buffer.from(decodeURIComponent(data));
}
