import { KubeConfig, PatchStrategy } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { asked } from './asked';
import { connectKubernetes } from './connect';

const fieldManager = 'assisted-installer-controller';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** The objects of a YAML text of several documents. Throws when one is not a manifest. */
function parseManifests(text: string): z.infer<typeof manifest>[] {
  const contents: unknown[] = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  return contents.filter((content) => content !== null && content !== undefined).map((content) => manifest.parse(content));
}

/**
 * Applies manifests by server-side apply, with the rights of the administrator's kubeconfig: applying twice changes nothing, and
 * what others own of an object is taken over, as the user asked for it. Rejects while a kind is not known to the cluster yet.
 */
export async function applyManifests(manifests: string, kubeconfig: string, signal: AbortSignal, adjust: (config: KubeConfig) => void): Promise<void> {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  adjust(config);
  const { objects } = connectKubernetes(config, signal);
  for (const object of parseManifests(manifests)) {
    await asked(`apply ${object.kind} ${object.metadata.name}`, async () => {
      await objects.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
    });
  }
}
