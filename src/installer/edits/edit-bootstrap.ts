import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { IgnitionConfig, IgnitionFile } from '../../domain/ignition/ignition-config';
import { rootFile } from '../../domain/ignition/root-file';
import { putIgnitionFiles } from '../ignition/put-file';
import { isAtLeast } from '../openshift-version';
import { annotateBareMetalHosts } from './annotate-bare-metal-hosts';

const provisioningManifest = /\/99_baremetal-provisioning-config\.yaml$/;
const unmanagedResolver = '[main]\nrc-manager=unmanaged\n';

/**
 * What the bootstrap configuration of an assisted installation has beside that of any other: hardware on the manifests of its hosts, the mark
 * by which the installer on the host knows it, a resolver that stays as it is, a greeting of its own. Throws ArtefactError.
 */
export function editBootstrap(config: IgnitionConfig, snapshot: ClusterSnapshot): IgnitionConfig {
  const { openshiftVersion, highAvailabilityMode } = snapshot.cluster;
  const files = annotateBareMetalHosts(config.storage?.files ?? [], snapshot)
    // Before 4.7 it would make the cluster provision hosts that are installed already.
    .filter(({ path }) => isAtLeast(openshiftVersion, 4, 7) || !provisioningManifest.test(path))
    .map(replaceMotd);
  const edited: IgnitionConfig = { ...config, storage: { ...config.storage, files } };
  return putIgnitionFiles(edited, [
    rootFile('/etc/NetworkManager/conf.d/99-kni.conf', 0o644, unmanagedResolver),
    ...(highAvailabilityMode === 'None' ? [] : [rootFile('/opt/openshift/assisted-install-bootstrap', 0o644, '')]),
  ]);
}

/** The live system has a greeting already; one that is appended would contradict it. */
function replaceMotd(file: IgnitionFile): IgnitionFile {
  const [first] = file.append ?? [];
  if (file.path !== '/etc/motd' || !first) return file;
  const { append: _append, ...kept } = file;
  return { ...kept, overwrite: true, contents: first };
}
