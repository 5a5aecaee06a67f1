import { parse, stringify } from 'yaml';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { Host } from '../../domain/host/model';
import { toDataUrl } from '../../domain/ignition/data-url';
import type { IgnitionFile } from '../../domain/ignition/ignition-config';
import { ArtefactError } from '../artefact-error';
import { hostsOfRole } from '../hosts-of-role';
import { findIgnitionFileText } from '../ignition/read-file';
import { bareMetalHostStatus } from './bare-metal-host-status';

const manifestPath = /^\/opt\/openshift\/openshift\/99_openshift-cluster-api_hosts-.+\.yaml$/;
/** The install-config numbers the hosts of each role so. */
const hostName = /^openshift-(master|worker)-(\d+)$/;
const statusAnnotation = 'baremetalhost.metal3.io/status';

interface BareMetalHost {
  kind?: unknown;
  metadata?: { name?: unknown; annotations?: Record<string, string> };
}

/**
 * Writes the hardware of the hosts into their BareMetalHost manifests, because the new cluster does not inspect hosts that are installed
 * already. Other files stay as they are. Throws ArtefactError for a manifest without a host.
 */
export function annotateBareMetalHosts(files: readonly IgnitionFile[], snapshot: ClusterSnapshot): IgnitionFile[] {
  const hosts = { master: hostsOfRole(snapshot, 'master'), worker: hostsOfRole(snapshot, 'worker') };
  return files.map((file) => {
    if (!manifestPath.test(file.path)) return file;
    const manifest = readManifest(file);
    if (manifest.kind !== 'BareMetalHost') return file;
    const host = findHost(manifest, hosts);
    if (!host) throw new ArtefactError(`no host of the cluster fits the manifest ${file.path}: there are ${hosts.master.length} masters and ${hosts.worker.length} workers`);
    const annotations = { ...manifest.metadata?.annotations, [statusAnnotation]: JSON.stringify(bareMetalHostStatus(host)) };
    const annotated = { ...manifest, metadata: { ...manifest.metadata, annotations } };
    return { ...file, contents: { source: toDataUrl(stringify(annotated, { lineWidth: 0 })) } };
  });
}

function readManifest(file: IgnitionFile): BareMetalHost {
  try {
    const manifest: unknown = parse(findIgnitionFileText({ ignition: { version: '' }, storage: { files: [file] } }, file.path) ?? '');
    if (typeof manifest === 'object' && manifest !== null) return manifest;
  } catch {
    // Told below, without the parser's quotation.
  }
  throw new ArtefactError(`the generated manifest ${file.path} cannot be read`);
}

function findHost({ metadata }: BareMetalHost, hosts: Record<'master' | 'worker', Host[]>): Host | undefined {
  const [, role, index] = hostName.exec(String(metadata?.name)) ?? [];
  return role === 'master' || role === 'worker' ? hosts[role][Number(index)] : undefined;
}
