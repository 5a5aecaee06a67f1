/** Who is linked to whom: `links[a][b]` is 1 when a reaches b. Small numbers in place of big ones make n² look-ups cheap. */
export type Links = readonly Uint8Array[];

export function areLinked(links: Links, a: number, b: number): boolean {
  return links[a]?.[b] === 1;
}

/** Keeps of directed links only those that go both ways. */
export function mutualLinks(links: readonly (Uint8Array | undefined)[]): Links {
  return links.map((row, from) => {
    const kept = new Uint8Array(links.length);
    if (row === undefined) return kept;
    for (let to = 0; to < kept.length; to += 1) {
      if (to !== from && row[to] === 1 && links[to]?.[from] === 1) kept[to] = 1;
    }
    return kept;
  });
}
