import { areLinked, type Links } from './links';
import { findLikelyFullMesh, splitMesh } from './mesh-parts';

/** Looks at links that one search may cost: some ten milliseconds. Only graphs made to be hard need more. */
const maxLooks = 300_000;

interface Search {
  links: Links;
  looksLeft: number;
}

/**
 * Largest set of vertices of which each is linked to every other, as ascending vertex numbers; of several the lexicographically
 * first. Links go both ways. Sets smaller than `minSize` do not count: the answer is then empty.
 * On a graph that is too hard to search through it is a large set, still the same for the same graph.
 */
export function findLargestFullMesh(links: Links, minSize: number): number[] {
  const search = { links, looksLeft: maxLooks };
  const mesh = splitMesh(links, findMembers(links, minSize)).flatMap((part) => (part.length === 1 ? part : searchPart(search, part))).sort((a, b) => a - b);
  return mesh.length < minSize ? [] : mesh;
}

/** The vertices with enough links to be in a full mesh that counts: of a cluster whose hosts have not looked for each other, none. */
function findMembers(links: Links, minSize: number): number[] {
  return links.flatMap((row, vertex) => (row.reduce((sum, linked) => sum + linked, 0) >= minSize - 1 ? [vertex] : []));
}

/** Branch and bound in the order of the vertices, so that the first of several largest sets is found first. */
function searchPart(search: Search, part: readonly number[]): number[] {
  const likely = findLikelyFullMesh(search.links, part);
  let best: number[] = [];
  let bestSize = likely.length - 1;

  const extend = (members: number[], candidates: readonly number[]): void => {
    if (members.length > bestSize) {
      best = members;
      bestSize = members.length;
    }
    for (const [index, vertex] of candidates.entries()) {
      if (search.looksLeft <= 0 || members.length + candidates.length - index <= bestSize) return;
      const rest = candidates.slice(index + 1).filter((other) => areLinked(search.links, vertex, other));
      search.looksLeft -= candidates.length;
      if (members.length + 1 + countColours(search, rest, bestSize - members.length) > bestSize) extend([...members, vertex], rest);
    }
  };

  extend([], part);
  return best.length > 0 ? best : likely;
}

/** Upper bound of the full mesh within `vertices`: a greedy colouring; stops counting one above `enough`. */
function countColours(search: Search, vertices: readonly number[], enough: number): number {
  if (vertices.length < enough) return vertices.length;
  const colours: number[][] = [];
  for (const vertex of vertices) {
    const free = colours.find((members) => {
      search.looksLeft -= members.length;
      return !members.some((member) => areLinked(search.links, vertex, member));
    });
    if (free !== undefined) free.push(vertex);
    else colours.push([vertex]);
    if (colours.length > enough) break;
  }
  return colours.length;
}
