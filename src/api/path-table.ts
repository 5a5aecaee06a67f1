export interface PathTable {
  /** Methods of a path, in upper case; none for an unknown path. Where two fit, the one with fewer parameters is meant. */
  methodsOf(path: string): string[];
  /** Methods that a path would have only because another one, with more parameters, fits it as well. */
  strayMethodsOf(path: string): string[];
}

/** Knows which methods a path has, to tell a wrong method from an unknown path. */
export function createPathTable(routes: readonly { method: string; path: string }[]): PathTable {
  const entries = routes.map(({ method, path }) => ({
    method: method.toUpperCase(),
    parameters: path.split('{').length - 1,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  }));
  const methodsOf = (path: string): string[] => {
    const fitting = entries.filter(({ pattern }) => pattern.test(path));
    const fewest = Math.min(...fitting.map(({ parameters }) => parameters));
    return [...new Set(fitting.filter(({ parameters }) => parameters === fewest).map(({ method }) => method))].sort();
  };
  return {
    methodsOf,
    strayMethodsOf: (path) => {
      const own = methodsOf(path);
      const all = new Set(entries.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
      return [...all].filter((method) => !own.includes(method)).sort();
    },
  };
}
