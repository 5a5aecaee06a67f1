import { enabledHosts } from '../domain/cluster/enabled-hosts';
import type { Host } from '../domain/host/model';
import type { IgnitionConfig } from '../domain/ignition/ignition-config';
import { IgnitionError } from '../domain/ignition/ignition-error';
import { ArtefactError } from './artefact-error';
import type { ArtefactInput, ArtefactSite, Artefacts } from './artefact-generator';
import { editBootstrap } from './edits/edit-bootstrap';
import { editRole } from './edits/edit-role';
import { renderHostIgnition } from './ignition/host-ignition';
import { readClusterId } from './ignition/read-cluster-id';

/** What a generator makes itself, whichever it is. */
export interface GeneratedParts {
  installConfig: string;
  bootstrap: IgnitionConfig;
  master: IgnitionConfig;
  worker: IgnitionConfig;
  /** metadata.json. */
  metadata: string;
  kubeconfig: string;
  kubeadminPassword: string;
}

/** Makes the files of an installation out of what was generated: edited, and with an ignition for each host. Throws ArtefactError. */
export function completeArtefacts(parts: GeneratedParts, { snapshot }: ArtefactInput, site: ArtefactSite): Artefacts {
  const roles = { master: editRole(parts.master, 'master', snapshot, site), worker: editRole(parts.worker, 'worker', snapshot, site) };
  const files: Record<string, string> = {
    'install-config.yaml': parts.installConfig,
    'bootstrap.ign': JSON.stringify(editBootstrap(parts.bootstrap, snapshot)),
    'master.ign': JSON.stringify(roles.master),
    'worker.ign': JSON.stringify(roles.worker),
    'metadata.json': parts.metadata,
    'kubeadmin-password': parts.kubeadminPassword,
    'kubeconfig-noingress': parts.kubeconfig,
  };
  for (const host of enabledHosts(snapshot)) {
    const role = host.role === 'worker' ? 'worker' : 'master';
    files[`${role}-${host.id}.ign`] = hostIgnition(host, roles[role]);
  }
  return { files, openshiftClusterId: readClusterId(parts.bootstrap) };
}

function hostIgnition(host: Host, role: IgnitionConfig): string {
  try {
    return JSON.stringify(renderHostIgnition(host, role));
  } catch (error) {
    if (error instanceof IgnitionError) throw new ArtefactError(`host ${host.id}: ${error.message}`, { cause: error });
    throw error;
  }
}
