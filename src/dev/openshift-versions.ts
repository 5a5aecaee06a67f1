/** A version the development stack offers; `rhcos` names the base image made for it. */
export interface DevOpenshiftVersion {
  openshift: string;
  release: string;
  rhcos: string;
  isDefault?: boolean;
}

/** Releases and their RHCOS builds as the vendor published them. */
export const devOpenshiftVersions: readonly DevOpenshiftVersion[] = [
  { openshift: '4.7', release: '4.7.33', rhcos: '47.84.202109241831-0' },
  { openshift: '4.8', release: '4.8.14', rhcos: '48.84.202109241901-0', isDefault: true },
  { openshift: '4.9', release: '4.9.0', rhcos: '49.84.202110081407-0' },
];

export interface BaseImage {
  path: string;
  sha256: string;
}

/**
 * The service's OPENSHIFT_VERSIONS, with base images on this machine; their root file systems are in the public bucket.
 * @param publicBucketUrl address of the public bucket
 */
export function describeOpenshiftVersions(images: Record<string, BaseImage>, publicBucketUrl: string): string {
  const entries = devOpenshiftVersions.map(({ openshift, release, rhcos, isDefault }) => {
    const image = images[rhcos];
    if (!image) throw new Error(`no base image was made for RHCOS ${rhcos}`);
    return [
      openshift,
      {
        display_name: release,
        release_version: release,
        release_image: `quay.io/openshift-release-dev/ocp-release:${release}-x86_64`,
        rhcos_image: `file://${image.path}`,
        rhcos_image_sha256: image.sha256,
        rhcos_rootfs: `${publicBucketUrl}/rhcos-${rhcos}-rootfs.img`,
        rhcos_version: rhcos,
        support_level: 'production',
        ...(isDefault ? { default: true } : {}),
      },
    ];
  });
  return JSON.stringify(Object.fromEntries(entries));
}
