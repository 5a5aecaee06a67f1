import { asked } from './asked';
import type { KubernetesApis } from './connect';

const config = { group: 'config.openshift.io', version: 'v1' } as const;
/** What a kind may take in the archive, in characters. */
const limit = 5_000_000;

function toText(content: unknown): string {
  const text = JSON.stringify(content, null, 2);
  return text.length > limit ? `${text.slice(0, limit)}\n… cut after ${limit} characters\n` : text;
}

/**
 * What those who look for a fault ask first: nodes, certificate requests, pods, events, operators and the release, each a JSON file.
 * What cannot be read says why in its file. Secrets and configurations are left out.
 */
export async function gatherState({ core, certificates, custom }: KubernetesApis): Promise<Record<string, string>> {
  const parts: Record<string, () => Promise<unknown>> = {
    'nodes.json': () => core.listNode(),
    'certificatesigningrequests.json': () => certificates.listCertificateSigningRequest(),
    'pods.json': () => core.listPodForAllNamespaces(),
    'events.json': () => core.listEventForAllNamespaces(),
    'clusteroperators.json': () => custom.listClusterCustomObject({ ...config, plural: 'clusteroperators' }),
    'clusterversions.json': () => custom.listClusterCustomObject({ ...config, plural: 'clusterversions' }),
  };
  const files = await Promise.all(Object.entries(parts).map(async ([name, read]): Promise<[string, string]> => {
    try {
      return [`must-gather/${name}`, toText(await asked(name, read))];
    } catch (error) {
      return [`must-gather/${name}`, error instanceof Error ? error.message : String(error)];
    }
  }));
  return Object.fromEntries(files);
}
