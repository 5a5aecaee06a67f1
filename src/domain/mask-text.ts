/** Stands where a secret stood. */
export const hidden = '[hidden]';

/** What gives a secret away within a text: tokens, credentials of an address or a header, a pull secret, a private key. */
const patterns: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, hidden],
  [/\b(bearer|basic) +[\w+/=.~-]{8,}/gi, `$1 ${hidden}`],
  [/(\bapi_key=)[^&\s"']+/g, `$1${hidden}`],
  [/(\w:\/\/[^\s/:@]+:)[^\s/@]+@/g, `$1${hidden}@`],
  [/(\\?"auths?\\?"\s*:\s*)(\\?"[^"\\]*\\?"|\{.*)/gs, `$1${hidden}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)/gs, hidden],
];

/** Something of each pattern: nearly every text has none of it, and is done with one look. */
const suspicious = /eyJ|bearer|basic|api_key=|:\/\/|auth|PRIVATE KEY/i;

/** A text without what gives a secret away. */
export const maskText = (text: string): string => (suspicious.test(text) ? mask(text) : text);

const mask = (text: string): string => patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
