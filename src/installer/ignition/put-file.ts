import type { IgnitionConfig, IgnitionFile } from '../../domain/ignition/ignition-config';

/** The configuration with these files, each in the place of one of its path: two files of one path are no valid configuration. */
export function putIgnitionFiles(config: IgnitionConfig, files: readonly IgnitionFile[]): IgnitionConfig {
  if (files.length === 0) return config;
  const paths = new Set(files.map(({ path }) => path));
  const kept = (config.storage?.files ?? []).filter(({ path }) => !paths.has(path));
  return { ...config, storage: { ...config.storage, files: [...kept, ...files] } };
}
