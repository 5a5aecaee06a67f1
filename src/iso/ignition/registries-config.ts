/** Where the images of a registry, or of a part of one, are found too. */
export interface RegistryMirrors {
  source: string;
  mirrors: readonly string[];
}

/**
 * `registries.conf` (version 2) with mirrors, empty without any. Mirrors serve tags as well as digests, because the agent's image has a tag.
 */
export function renderRegistriesConfig(sources: readonly RegistryMirrors[]): string {
  if (sources.length === 0) return '';
  const registries = sources.map(({ source, mirrors }) =>
    [
      '[[registry]]',
      'prefix = ""',
      `location = ${JSON.stringify(source)}`,
      'mirror-by-digest-only = false',
      ...mirrors.flatMap((mirror) => ['', '[[registry.mirror]]', `location = ${JSON.stringify(mirror)}`]),
    ].join('\n'),
  );
  return `${['unqualified-search-registries = ["registry.access.redhat.com", "docker.io"]', ...registries].join('\n\n')}\n`;
}
