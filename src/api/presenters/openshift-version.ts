import type { OpenshiftRelease } from '../../services/deps';
import type { WireOpenshiftVersion } from '../schemas/versions';

/** By major.minor, as users ask for them. */
export const presentReleases = (releases: Readonly<Record<string, OpenshiftRelease>>): Record<string, WireOpenshiftVersion> =>
  Object.fromEntries(Object.entries(releases).map(([version, release]) => [version, presentRelease(release)]));

const presentRelease = (release: OpenshiftRelease): WireOpenshiftVersion => ({
  display_name: release.display_name,
  release_version: release.release_version,
  release_image: release.release_image,
  rhcos_image: release.rhcos_image,
  rhcos_rootfs: release.rhcos_rootfs,
  rhcos_version: release.rhcos_version,
  support_level: release.support_level,
  ...(release.default === true && { default: true }),
});
