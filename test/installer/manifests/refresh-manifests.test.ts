import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshManifests } from '../../../src/installer/manifests/refresh-manifests';
import { readManifests } from '../../../src/installer/manifests/stored-manifests';
import type { Store } from '../../../src/store/store';
import { createTestStore } from '../../store/create-test-store';

let store: Store;
beforeAll(async () => ({ store } = await createTestStore()));
afterAll(() => store.close());

const manifest = (name: string, content: string) => ({ path: `openshift/${name}.yaml`, content: `kind: ${content}` });
const put = (id: string, { path, content }: { path: string; content: string }) => store.putObject({ bucket: 'private', key: `${id}/manifests/${path}` }, content);
const stored = async (id: string) => Object.fromEntries((await readManifests(store, id, {})).map(({ path, content }) => [path, content]));

describe('the manifests of a cluster', () => {
  it('of its last installation are stored beside the user\'s; those of an earlier one go', async () => {
    const id = randomUUID();
    const own = manifest('own', 'Own');
    await put(id, own);
    for (let run = 0; run < 2; run += 1) {
      expect(await refreshManifests(store, id, [manifest('a', 'A'), manifest('b', 'B')], {})).toEqual([own, manifest('a', 'A'), manifest('b', 'B')]);
      expect(await stored(id)).toEqual({ 'openshift/own.yaml': 'kind: Own', 'openshift/a.yaml': 'kind: A', 'openshift/b.yaml': 'kind: B' });
    }
    expect(await refreshManifests(store, id, [manifest('b', 'B2')], {})).toEqual([own, manifest('b', 'B2')]);
    expect(await stored(id)).toEqual({ 'openshift/own.yaml': 'kind: Own', 'openshift/b.yaml': 'kind: B2' });
  });

  it('that the user put in the place of generated ones win and stay', async () => {
    const id = randomUUID();
    await refreshManifests(store, id, [manifest('a', 'A'), manifest('b', 'B')], {});
    await put(id, manifest('a', 'Users'));
    expect(await refreshManifests(store, id, [manifest('a', 'A'), manifest('b', 'B')], {})).toEqual([manifest('a', 'Users'), manifest('b', 'B')]);
    expect(await refreshManifests(store, id, [], {})).toEqual([manifest('a', 'Users')]);
    expect(await stored(id)).toEqual({ 'openshift/a.yaml': 'kind: Users' });
  });

  it('are told apart also when the service dies between two writes', async () => {
    const id = randomUUID();
    await refreshManifests(store, id, [manifest('a', 'A')], {});
    let writes = 0;
    const dying: Store = {
      ...store,
      putObject: (...args) => {
        writes += 1;
        return writes > 2 ? Promise.reject(new Error('died')) : store.putObject(...args);
      },
    };
    await expect(refreshManifests(dying, id, [manifest('a', 'A2'), manifest('b', 'B')], {})).rejects.toThrow('died');
    expect(await refreshManifests(store, id, [manifest('b', 'B')], {})).toEqual([manifest('b', 'B')]);
    expect(await stored(id)).toEqual({ 'openshift/b.yaml': 'kind: B' });
  });

  it.each([['manifests/x.yaml', 'a: [', 'YAML'], ['openshift/x.json', '{', 'JSON']])('that cannot be read are refused by name: %s', async (path, content, form) => {
    const id = randomUUID();
    await put(id, { path, content });
    await expect(refreshManifests(store, id, [], {})).rejects.toThrow(`the manifest ${path} is not valid ${form}`);
  });
});
