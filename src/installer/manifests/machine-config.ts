import { stringify } from 'yaml';
import type { IgnitionFile, IgnitionUnit } from '../../domain/ignition/ignition-config';

/** A MachineConfig (machineconfiguration.openshift.io/v1): files and units for all nodes of a role, as YAML. */
export function renderMachineConfig(name: string, role: 'master' | 'worker', parts: { files: IgnitionFile[]; units?: IgnitionUnit[] }): string {
  const { files, units = [] } = parts;
  return stringify({
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfig',
    metadata: { name, labels: { 'machineconfiguration.openshift.io/role': role } },
    spec: { config: { ignition: { version: '3.1.0' }, storage: { files }, ...(units.length > 0 ? { systemd: { units } } : {}) } },
  }, { lineWidth: 0 });
}
