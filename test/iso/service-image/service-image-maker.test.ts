import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../../src/db/secret-box';
import { makeBaseImages } from '../../../src/dev/base-image/make-base-images';
import { findDataUrlText } from '../../../src/domain/ignition/data-url';
import type { IgnitionConfig } from '../../../src/domain/ignition/ignition-config';
import { serviceImageKey, serviceImageRequestKey } from '../../../src/domain/service-image/service-image';
import { ensureBaseImage } from '../../../src/iso/base-image';
import { ImageError } from '../../../src/iso/image-error';
import { createBaseImageInspector } from '../../../src/iso/inspect-base-image';
import { createServiceImageMaker, type ServiceImageMaker } from '../../../src/iso/service-image/service-image-maker';
import type { StoreOptions } from '../../../src/store/create-store';
import type { Store } from '../../../src/store/store';
import { createTestStore } from '../../store/create-test-store';
import { rawUploads } from '../../store/raw-uploads';
import { listAllKeys } from '../../store/list-all-keys';
import { unpackCpio } from '../unpack-cpio';

const rhcos = '48.84.202109241901-0';
const dir = mkdtempSync(join(tmpdir(), 'service-image-'));
const secretBox = createSecretBox(randomBytes(32).toString('base64'));
const { signal } = new AbortController();
const userName = 'a/b user';
const image = { bucket: 'private', key: serviceImageKey(userName) } as const;
let store: Store;
let options: StoreOptions;
let maker: ServiceImageMaker;

beforeAll(async () => {
  ({ store, options } = await createTestStore());
  const images = await makeBaseImages({ dir, versions: [{ openshift: '4.8', rhcos }], log: () => undefined, searchPath: join(dir, 'no-tools') });
  const base = images[rhcos];
  if (!base) throw new Error('no base image');
  maker = createServiceImageMaker({
    store, unseal: (sealed) => secretBox.open(sealed),
    restoreBaseImage: (version) => ensureBaseImage(store, version, { url: pathToFileURL(base.path).href, sha256: base.sha256 }),
  });
});
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

const storeRequest = async (requestId: string, request: object): Promise<void> => {
  await store.putObject({ bucket: 'private', key: serviceImageRequestKey(userName, requestId) }, secretBox.seal(JSON.stringify({ rhcosVersion: rhcos, sshPublicKey: '', pullSecret: '{}', ...request })));
};

async function readIgnition(): Promise<IgnitionConfig> {
  const { embedArea } = await createBaseImageInspector(store)(image);
  const [entry] = unpackCpio(gunzipSync(await store.readRange(image, embedArea)));
  return JSON.parse(entry?.content.toString() ?? '') as IgnitionConfig;
}

describe('a service image', () => {
  it('is a live image with the key and the pull secret of its user; made twice it is the same', async () => {
    await storeRequest('first', { sshPublicKey: 'ssh-ed25519 AAAA me\nssh-ed25519 BBBB me', pullSecret: '{"auths":{"x":{}}}' });
    await maker.build({ userName, requestId: 'first' }, signal);
    const once = await readIgnition();
    await maker.build({ userName, requestId: 'first' }, signal);
    expect(await readIgnition()).toEqual(once);
    expect(once.passwd?.users?.[0]).toMatchObject({ name: 'core', sshAuthorizedKeys: ['ssh-ed25519 AAAA me', 'ssh-ed25519 BBBB me'] });
    const credentials = once.storage?.files?.find(({ path }) => path === '/root/.docker/config.json');
    expect([credentials?.mode, findDataUrlText(credentials?.contents?.source ?? '')]).toEqual([0o600, '{"auths":{"x":{}}}']);
  });

  it('is made anew in the place of the former one', async () => {
    await storeRequest('second', {});
    await maker.build({ userName, requestId: 'second' }, signal);
    expect((await readIgnition()).passwd?.users?.[0]).not.toHaveProperty('sshAuthorizedKeys');
  });

  it('is refused for good when its request is gone or does not fit', async () => {
    await maker.discard({ userName, requestId: 'first' });
    await expect(maker.build({ userName, requestId: 'first' }, signal)).rejects.toThrow(ImageError);
    await storeRequest('large', { pullSecret: randomBytes(400_000).toString('base64') });
    await expect(maker.build({ userName, requestId: 'large' }, signal)).rejects.toThrow(ImageError);
  });

  it('is removed with all requests and with what a worker that died left of it, any number of times', async () => {
    const raw = rawUploads(options);
    await raw.leave(options.privateBucket, image.key);
    for (let i = 0; i < 2; i += 1) await maker.remove(userName);
    expect(await store.headObject(image)).toBeUndefined();
    expect(await raw.list(options.privateBucket, image.key)).toEqual([]);
    raw.close();
    expect(await listAllKeys(store, 'private', 'service-image-requests/')).toEqual([]);
  });
});
