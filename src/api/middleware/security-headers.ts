/**
 * Sent with every answer: nothing here is meant to be framed, sniffed, kept, embedded by others or to refer elsewhere. Browsers
 * heed Strict-Transport-Security only where the answer came over HTTPS. A constant, because agents pay for every header that
 * is computed.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=31536000',
};
