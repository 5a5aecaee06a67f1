import { createHash } from 'node:crypto';
import type { Reply } from '../reply';
import { escapeHtml } from './html';
import { style } from './style';

/** Only this style sheet applies; nothing else is loaded and no script runs. */
const contentSecurityPolicy = [
  "default-src 'none'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

/** An HTML page that needs nothing but itself. */
export function pageReply(title: string, body: string): Reply {
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': contentSecurityPolicy },
    body: text,
    bytes: Buffer.byteLength(text),
  };
}
