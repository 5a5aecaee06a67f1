/** Escapes that may stand for NUL or for half a character; almost no output has one. */
const mayHoldUnstorable = /\\u(?:0000|[dD][89a-fA-F])/;
const unstorable = /\0|\p{Surrogate}/gu;

/**
 * Parses the JSON that a step printed. NUL characters and unpaired surrogates are left out of its texts: firmware does pad
 * serial numbers with NUL, that is no reason to turn a machine away, and text in the database cannot hold them.
 * Throws SyntaxError for what is not JSON.
 */
export function parseOutput(output: string): unknown {
  if (!mayHoldUnstorable.test(output)) return JSON.parse(output);
  return JSON.parse(output, (_key, value: unknown) => (typeof value === 'string' ? value.replaceAll(unstorable, '') : value));
}
