export interface PathTable {
  /** Methods of a path, in upper case; none for an unknown path. */
  methodsOf(path: string): string[];
}

/** Knows which methods a path has, to tell a wrong method from an unknown path. */
export function createPathTable(routes: readonly { method: string; path: string }[]): PathTable {
  const entries = routes.map(({ method, path }) => ({
    method: method.toUpperCase(),
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  }));
  return {
    methodsOf: (path) => [...new Set(entries.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort(),
  };
}
