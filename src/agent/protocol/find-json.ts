/** The end (exclusive) of the JSON object or array that begins at `start`, undefined when it is not closed. */
function findEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}

/** So many brackets are tried: each costs a look at the rest, and shells have few. */
const mostTries = 50;

function findIn<T>(text: string, accepts: (value: unknown) => value is T): T | undefined {
  let tries = 0;
  for (const match of text.matchAll(/[{[]/g)) {
    if (++tries > mostTries) return undefined;
    const end = findEnd(text, match.index);
    if (end === undefined) continue;
    try {
      const value: unknown = JSON.parse(text.slice(match.index, end));
      if (accepts(value)) return value;
    } catch {
      // A bracket of the shell, not of JSON.
    }
  }
  return undefined;
}

/**
 * The JSON document in the arguments of a step, on its own or inside a shell command (quotes there may be escaped).
 * The last argument that has one wins. Throws when there is none.
 */
export function findJson<T>(args: readonly string[], accepts: (value: unknown) => value is T): T {
  for (const arg of [...args].reverse()) {
    const found = findIn(arg, accepts) ?? findIn(arg.replaceAll('\\"', '"'), accepts);
    if (found !== undefined) return found;
  }
  throw new Error('the step has no request in its arguments');
}
