/** Where an image is. */
export interface ImageReference {
  /** With its port. */
  registry: string;
  repository: string;
  /** Tag or digest. */
  reference: string;
}

/** Reads `registry/repository[:tag|@digest]`; undefined when the registry is not named, as each machine looks for such images elsewhere. */
export function parseImageReference(name: string): ImageReference | undefined {
  const [path = '', digest] = name.split('@');
  const slash = path.indexOf('/');
  const registry = path.slice(0, slash);
  if (slash < 1 || !/[.:]|^localhost$/.test(registry)) return undefined;
  const rest = path.slice(slash + 1);
  const colon = rest.lastIndexOf(':');
  const repository = colon < 0 ? rest : rest.slice(0, colon);
  return repository === '' ? undefined : { registry, repository, reference: digest ?? (colon < 0 ? 'latest' : rest.slice(colon + 1)) };
}
