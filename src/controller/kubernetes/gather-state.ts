import type { V1Pod } from '@kubernetes/client-node';
import { asked } from './asked';
import type { KubernetesApis } from './connect';

const config = { group: 'config.openshift.io', version: 'v1' } as const;
/** What a kind may take in the archive, in characters. */
const limit = 5_000_000;

function toText(content: unknown): string {
  const text = JSON.stringify(content, null, 2);
  return text.length > limit ? `${text.slice(0, limit)}\n… cut after ${limit} characters\n` : text;
}

/** Of pods in trouble so many logs, each with its last lines. */
const mostPods = 50;
const tailLines = 1_000;
/** Lines may be of any length; all logs are in memory at the same time. */
const limitBytes = 1024 * 1024;

/** Not ready, or restarted again and again: pods that have done their work apart. */
function isInTrouble({ status }: V1Pod): boolean {
  if (status?.phase === 'Succeeded') return false;
  const containers = status?.containerStatuses ?? [];
  return status?.phase === 'Failed' || containers.some(({ ready, restartCount }) => !ready || restartCount > 3);
}

/** Logs of the containers of a pod; of one that was restarted also those of its former life. What can't be read says why. */
async function readPodLogs({ core }: KubernetesApis, { metadata, status }: V1Pod): Promise<[string, string][]> {
  const { name = '', namespace = '' } = metadata ?? {};
  const read = async (container: string, previous: boolean): Promise<[string, string]> => {
    const file = `must-gather/logs/${namespace}/${name}/${container}${previous ? '.previous' : ''}.log`;
    try {
      return [file, await asked(file, () => core.readNamespacedPodLog({ namespace, name, container, previous, tailLines, limitBytes }))];
    } catch (error) {
      return [file, error instanceof Error ? error.message : String(error)];
    }
  };
  const lives = (status?.containerStatuses ?? []).flatMap(({ name: container, restartCount }) => [read(container, false), ...(restartCount > 0 ? [read(container, true)] : [])]);
  return Promise.all(lives);
}

/**
 * What those who look for a fault ask first: nodes, certificate requests, pods, events, operators and the release, each a JSON file.
 * And the logs of pods that are not well. What cannot be read says why in its file. Secrets and configurations are left out.
 */
export async function gatherState(apis: KubernetesApis): Promise<Record<string, string>> {
  const { core, certificates, custom } = apis;
  const pods = asked('list pods', () => core.listPodForAllNamespaces());
  const parts: Record<string, () => Promise<unknown>> = {
    'nodes.json': () => core.listNode(),
    'certificatesigningrequests.json': () => certificates.listCertificateSigningRequest(),
    'pods.json': () => pods,
    'events.json': () => core.listEventForAllNamespaces(),
    'clusteroperators.json': () => custom.listClusterCustomObject({ ...config, plural: 'clusteroperators' }),
    'bare-metal-hosts.json': () => custom.listClusterCustomObject({ group: 'metal3.io', version: 'v1alpha1', plural: 'baremetalhosts' }),
    'clusterversions.json': () => custom.listClusterCustomObject({ ...config, plural: 'clusterversions' }),
  };
  const files = await Promise.all(Object.entries(parts).map(async ([name, read]): Promise<[string, string]> => {
    try {
      return [`must-gather/${name}`, toText(await asked(name, read))];
    } catch (error) {
      return [`must-gather/${name}`, error instanceof Error ? error.message : String(error)];
    }
  }));
  const troubled = await pods.then(({ items }) => items.filter(isInTrouble).slice(0, mostPods), () => []);
  const logs: [string, string][] = [];
  for (const pod of troubled) logs.push(...(await readPodLogs(apis, pod)));
  return Object.fromEntries([...files, ...logs]);
}
