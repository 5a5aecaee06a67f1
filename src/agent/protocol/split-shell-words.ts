/** The words of a shell command line: quotes and backslashes are read as a POSIX shell reads them; nothing is expanded. */
export function splitShellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === quote) quote = undefined;
    else if (quote === undefined && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (char === '\\' && quote !== "'" && isEscape(line.charAt(at + 1), quote)) word = (word ?? '') + line.charAt(++at);
    else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}

/** Inside double quotes a backslash only escapes what would mean something there. */
function isEscape(next: string, quote: '"' | undefined): boolean {
  return next !== '' && (quote === undefined || '"\\$`'.includes(next));
}
