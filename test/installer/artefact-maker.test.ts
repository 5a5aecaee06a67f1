import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDataUrlText } from '../../src/domain/ignition/data-url';
import { parseIgnition } from '../../src/domain/ignition/parse-ignition';
import { createArtefactMaker } from '../../src/installer/artefact-maker';
import { createBuiltinGenerator } from '../../src/installer/builtin-generator';
import type { Store } from '../../src/store/store';
import { clusterId, hostIdOf, makeHosts, makeSnapshot, now } from '../domain/validations/fixtures';
import { createTestStore } from '../store/create-test-store';

const { signal } = new AbortController();
const logs = 'logs/controller/logs.tar.gz';
const others = ['manifests/openshift/own.yaml', 'state'];
let store: Store;

beforeAll(async () => {
  ({ store } = await createTestStore());
  for (const name of [...others, logs, 'discovery.ign', `worker-${hostIdOf(9)}.ign`, 'kubeconfig']) await store.putObject({ bucket: 'private', key: `${clusterId}/${name}` }, 'old');
  await store.putObject({ bucket: 'private', key: `discovery-image-${clusterId}.iso` }, 'image');
});
afterAll(() => store.close());

async function names(): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.listKeys('private', '')) keys.push(key.replace(`${clusterId}/`, ''));
  return keys.sort();
}

describe('stored artefacts', () => {
  it('replace those of an earlier installation and its logs, are removed by a reset, and with all else by a removal', async () => {
    const openshiftClusterId = '11111111-2222-4333-8444-555555555555';
    const maker = createArtefactMaker({ store, generator: createBuiltinGenerator(), newId: () => openshiftClusterId });
    const input = { snapshot: makeSnapshot(makeHosts(1)), pullSecret: '{"auths":{}}', now };
    const made = [
      'bootstrap.ign', 'install-config.yaml', 'kubeadmin-password', 'kubeconfig-noingress', `master-${hostIdOf(1)}.ign`, 'master.ign', 'metadata.json', 'worker.ign',
    ];
    const image = `discovery-image-${clusterId}.iso`;
    for (let run = 0; run < 2; run++) {
      expect(await maker.make(input, signal)).toEqual({ openshiftClusterId });
      expect(await names()).toEqual([...made, ...others, 'discovery.ign', image].sort());
    }
    await store.putObject({ bucket: 'private', key: `${clusterId}/${logs}` }, 'new');
    const bootstrap = await store.readObject({ bucket: 'private', key: `${clusterId}/bootstrap.ign` });
    const own = parseIgnition(bootstrap.toString()).storage?.files?.find((file) => file.path === '/opt/openshift/openshift/own.yaml');
    expect(findDataUrlText(own?.contents?.source ?? '')).toBe('old');
    await maker.removeInstallation(clusterId);
    expect(await names()).toEqual([...others, logs, image].sort());
    await maker.removeAll(clusterId);
    await maker.removeAll(clusterId);
    expect(await names()).toEqual([]);
  });
});
