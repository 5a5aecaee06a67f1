/** Bounds the search on graphs made to be hard; real networks need a few steps a host. */
const maxSteps = 200_000;

/**
 * Largest set of vertices of which each is adjacent to every other, as ascending vertex numbers; of several the
 * lexicographically first. `neighbours[v]` is the bit set of the vertices adjacent to `v`. Sets smaller than `minSize`
 * do not count: the answer is then empty.
 */
export function findLargestFullMesh(neighbours: readonly bigint[], minSize: number): number[] {
  let best: number[] = [];
  let bestSize = minSize - 1;
  let steps = 0;

  const extend = (members: number[], candidates: number[]): void => {
    steps += 1;
    if (members.length > bestSize) {
      best = [...members];
      bestSize = members.length;
    }
    for (const [index, vertex] of candidates.entries()) {
      if (steps > maxSteps || members.length + candidates.length - index <= bestSize) return;
      const adjacent = neighbours[vertex] ?? 0n;
      const rest = candidates.slice(index + 1).filter((other) => ((adjacent >> BigInt(other)) & 1n) === 1n);
      if (members.length + 1 + countColours(neighbours, rest, bestSize - members.length) > bestSize) extend([...members, vertex], rest);
    }
  };

  extend([], neighbours.map((_, vertex) => vertex));
  return best;
}

/** Upper bound of the full mesh within `vertices`: a greedy colouring; stops counting one above `enough`. */
function countColours(neighbours: readonly bigint[], vertices: readonly number[], enough: number): number {
  if (vertices.length < enough) return vertices.length;
  const colours: bigint[] = [];
  for (const vertex of vertices) {
    const adjacent = neighbours[vertex] ?? 0n;
    const free = colours.findIndex((members) => (members & adjacent) === 0n);
    const bit = 1n << BigInt(vertex);
    if (free >= 0) colours[free] = (colours[free] ?? 0n) | bit;
    else colours.push(bit);
    if (colours.length > enough) break;
  }
  return colours.length;
}
