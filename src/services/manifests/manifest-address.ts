/** Where a manifest is applied: with the cluster's own manifests, or with those of its operators. */
export const manifestFolders = ['manifests', 'openshift'] as const;
export type ManifestFolder = (typeof manifestFolders)[number];

export interface ManifestName {
  folder: ManifestFolder;
  fileName: string;
}

export const manifestsPrefix = (clusterId: string): string => `${clusterId}/manifests/`;

/** Key of a manifest in the private bucket. */
export const manifestKey = (clusterId: string, { folder, fileName }: ManifestName): string => `${manifestsPrefix(clusterId)}${folder}/${fileName}`;

/** The manifest under a key, undefined for what is none. */
export function findManifest(clusterId: string, key: string): ManifestName | undefined {
  if (!key.startsWith(manifestsPrefix(clusterId))) return undefined;
  return parseManifestName(key.slice(manifestsPrefix(clusterId).length));
}

/** Reads `<folder>/<file>`; undefined for anything else. */
export function parseManifestName(text: string): ManifestName | undefined {
  const [folderName, fileName, ...rest] = text.split('/');
  const folder = manifestFolders.find((known) => known === folderName);
  return folder && fileName && rest.length === 0 ? { folder, fileName } : undefined;
}

/** The file name that a signed address of a manifest is bound to. */
export const manifestCapability = ({ folder, fileName }: ManifestName): string => `manifests/${folder}/${fileName}`;
