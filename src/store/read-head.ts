/** Status and headers of an answer; names in lower case. */
export interface ResponseHead {
  status: number;
  headers: Record<string, string>;
  /** Length of the body; undefined where the answer does not tell it by Content-Length alone. */
  contentLength: number | undefined;
  /** Bytes of the head itself: the body begins after them. */
  sizeBytes: number;
}

const longest = 64 * 1024;
const statusLine = /^HTTP\/1\.[01] (\d{3})(?: |$)/;
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
const end = '\r\n\r\n';

/** Reads the head of an HTTP/1 answer. Undefined: it is not all there yet. Throws for what is none, or is longer than 64 KiB. */
export function readHead(bytes: Buffer): ResponseHead | undefined {
  const length = bytes.indexOf(end);
  if (length < 0 && bytes.length < longest) return undefined;
  if (length < 0 || length > longest) throw new Error('the head of the answer is too long');
  const [first = '', ...lines] = bytes.toString('latin1', 0, length).split('\r\n');
  const status = Number(statusLine.exec(first)?.[1] ?? NaN);
  if (Number.isNaN(status)) throw new Error('the answer is not of HTTP/1');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = field.exec(line) ?? [];
    if (name === '') throw new Error('a line of the head is no header');
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  const told = headers['content-length'];
  const contentLength = headers['transfer-encoding'] === undefined && told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : undefined;
  return { status, headers, contentLength, sizeBytes: length + end.length };
}
