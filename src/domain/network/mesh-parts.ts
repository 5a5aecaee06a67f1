import { areLinked, type Links } from './links';

/**
 * Splits vertices into parts such that every vertex is linked to all vertices of the other parts: the largest full mesh is then
 * the largest one of each part, put together. A vertex that is linked to all others is a part of its own, so real networks,
 * where few links are missing, fall into many small parts. `vertices` ascend; so do those of a part, and the first ones of the parts.
 */
export function splitMesh(links: Links, vertices: readonly number[]): number[][] {
  const parts: number[][] = [];
  let unplaced = [...vertices];
  for (let first = unplaced.shift(); first !== undefined; first = unplaced.shift()) {
    const part = [first];
    for (const vertex of part) {
      const apart: number[] = [];
      for (const other of unplaced) (areLinked(links, vertex, other) ? apart : part).push(other);
      unplaced = apart;
    }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts;
}

/** A full mesh within the vertices, and often the largest one: those who lack most links go one by one until none lacks any. */
export function findLikelyFullMesh(links: Links, vertices: readonly number[]): number[] {
  const lacking = new Map(vertices.map((vertex) => [vertex, vertices.filter((other) => other !== vertex && !areLinked(links, vertex, other)).length]));
  for (;;) {
    const [worst, count] = [...lacking].reduce((most, entry) => (entry[1] >= most[1] ? entry : most), [-1, 0]);
    if (count === 0) return [...lacking.keys()];
    lacking.delete(worst);
    for (const [other, missing] of lacking) if (!areLinked(links, worst, other)) lacking.set(other, missing - 1);
  }
}
