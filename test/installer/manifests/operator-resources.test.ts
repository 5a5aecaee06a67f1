import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { olmOperators } from '../../../src/domain/cluster/operators';
import type { Host } from '../../../src/domain/host/model';
import { renderOperatorResources } from '../../../src/installer/manifests/operator-resources';
import { makeDisk, makeHost, makeInventory, makeSnapshot, settings } from '../../domain/validations/fixtures';

const storing = (position: number, role: 'master' | 'worker', extraDisks: number): Host =>
  makeHost(position, { role }, { inventory: makeInventory(position, { disks: ['sda', 'sdb', 'sdc', 'sdd'].slice(0, extraDisks + 1).map((name) => makeDisk(name)) }) });
const render = (hosts: Host[], ...names: string[]) => {
  const operators = olmOperators(names.map((name) => ({ name, properties: '' })), settings);
  const text = renderOperatorResources({ ...makeSnapshot(hosts), operators }, settings);
  return text === undefined ? undefined : parseAllDocuments(text).map((document) => document.toJS() as object);
};

describe('what operators are told to do', () => {
  it('is nothing without operators', () => {
    expect(render([storing(1, 'master', 0)])).toBeUndefined();
  });

  it('is storage on the masters of a compact cluster', () => {
    const hosts = [1, 2, 3].map((position) => storing(position, 'master', 2));
    expect(render(hosts, 'ocs')).toEqual([
      expect.objectContaining({
        apiVersion: 'local.storage.openshift.io/v1alpha1', kind: 'LocalVolumeSet', metadata: { name: 'local-disks', namespace: 'openshift-local-storage' },
        spec: expect.objectContaining({ volumeMode: 'Block', nodeSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'node-role.kubernetes.io/master', operator: 'Exists' }] }] } }) as object,
      }),
      expect.objectContaining({
        apiVersion: 'ocs.openshift.io/v1', kind: 'StorageCluster', metadata: { name: 'ocs-storagecluster', namespace: 'openshift-storage' },
        spec: expect.objectContaining({ storageDeviceSets: [expect.objectContaining({ count: 2, replica: 3 })] }) as object,
      }),
    ]);
  });

  it('is storage on the workers of a larger cluster, three disks to a set', () => {
    const hosts = [...[1, 2, 3].map((position) => storing(position, 'master', 3)), ...[4, 5, 6].map((position) => storing(position, 'worker', 1)), storing(7, 'worker', 2)];
    const [volumes, cluster] = render(hosts, 'ocs') ?? [];
    expect(volumes).toMatchObject({ spec: { nodeSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'node-role.kubernetes.io/worker' }] }] } } });
    expect(cluster).toMatchObject({ spec: { labelSelector: { matchExpressions: [{ key: 'node-role.kubernetes.io/worker' }] }, storageDeviceSets: [{ count: 1 }] } });
  });

  it('is a hyper-converged cluster for virtualization, in the storage of which lso has a part', () => {
    expect(render([storing(1, 'master', 1)], 'cnv')?.map((resource) => (resource as { kind: string }).kind)).toEqual(['HyperConverged', 'LocalVolumeSet']);
  });
});
