import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseImageAddress } from '../../src/iso/base-image';
import { noting } from '../../src/iso/failure-note';
import { ImageError } from '../../src/iso/image-error';
import { minimalTemplateAddress } from '../../src/iso/minimal/minimal-template';
import { createBaseImageWatch } from '../../src/main/base-image-watch';
import { createMetrics } from '../../src/observability/metrics';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';

let store: Store;
beforeAll(async () => {
  ({ store } = await createTestStore());
});
afterAll(() => store.close());

describe('the watch of base images', () => {
  it('tells each image of each version, why it is missing, and asks for what is missing', async () => {
    const started: string[] = [];
    const metrics = createMetrics();
    let now = 0;
    const watch = createBaseImageWatch({
      store, metrics,
      settings: { OPENSHIFT_VERSIONS: { '4.8': { rhcos_version: 'good' }, '4.9': { rhcos_version: 'bad' } } },
      requestBaseImage: async (version) => void started.push(version),
      log: { warn: () => undefined },
    }, () => now);
    for (const address of [baseImageAddress('good'), minimalTemplateAddress('good')]) await store.putObject(address, 'image');
    await noting(store, 'bad', 'live', new AbortController().signal, () => Promise.reject(new ImageError('the server answered 404'))).catch(() => undefined);

    expect(await watch.look()).toEqual([
      { rhcosVersion: 'good', image: 'live', present: true, failure: undefined },
      { rhcosVersion: 'good', image: 'minimal', present: true, failure: undefined },
      { rhcosVersion: 'bad', image: 'live', present: false, failure: 'the server answered 404' },
      { rhcosVersion: 'bad', image: 'minimal', present: false, failure: undefined },
    ]);
    expect(started).toEqual(['bad']);
    const { body } = await metrics.render();
    expect(body).toContain('service_assisted_installer_base_image_available{rhcos_version="good",image="live"} 1');
    expect(body).toContain('service_assisted_installer_base_image_available{rhcos_version="bad",image="live"} 0');

    // Deleted by somebody while the service runs.
    await store.deleteObject(minimalTemplateAddress('good'));
    now += 10_000;
    await watch.look();
    expect(started).toEqual(['bad', 'good']);
    now += 25_000;
    await watch.look();
    expect(started).toEqual(['bad', 'good', 'bad']);

    await noting(store, 'bad', 'live', new AbortController().signal, async () => undefined);
    expect((await watch.look()).map(({ failure }) => failure)).toEqual([undefined, undefined, undefined, undefined]);
    expect(watch.states()).toHaveLength(4);
  });
});
