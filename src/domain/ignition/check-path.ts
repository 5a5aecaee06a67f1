/** What is wrong with a path, to complete a sentence; undefined when nothing is. It must be written in the one way that names it. */
export function findPathProblem(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return 'is not an absolute path';
  const parts = path.slice(1).split('/');
  const isClean = path === '/' || parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return isClean ? undefined : 'is not in its shortest form: it has an empty part, . or ..';
}
