import { SearchError } from './search-error';

export type SearchToken =
  | { kind: 'word'; text: string; at: number }
  | { kind: 'text'; value: string; at: number }
  | { kind: 'symbol'; text: string; at: number };

const maxLength = 8192;
const wordPattern = /[A-Za-z_][A-Za-z0-9_.]*/y;
const textPattern = /'((?:[^']|'')*)'/y;
const symbolPattern = /<>|!=|<=|>=|[=<>(),]/y;
const spacePattern = /\s+/y;

/**
 * Splits a search expression into field names and keywords, quoted texts ('' is a quote) and symbols.
 * Throws SearchError for anything else.
 */
export function tokenizeSearch(source: string): SearchToken[] {
  if (source.length > maxLength) throw new SearchError(`search is longer than ${maxLength} characters`);
  if (source.includes('\0')) throw new SearchError('search contains a NUL character');
  const tokens: SearchToken[] = [];
  let at = 0;

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(source);
  }

  while (at < source.length) {
    const space = match(spacePattern);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const text = match(textPattern);
    const word = text === null ? match(wordPattern) : null;
    const symbol = text === null && word === null ? match(symbolPattern) : null;
    const found = text ?? word ?? symbol;
    if (found === null) throw new SearchError(`unexpected character at position ${at + 1}`);
    if (text !== null) tokens.push({ kind: 'text', value: (text[1] ?? '').replaceAll('\'\'', '\''), at });
    else tokens.push({ kind: word === null ? 'symbol' : 'word', text: found[0], at });
    at += found[0].length;
  }
  return tokens;
}
