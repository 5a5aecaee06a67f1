import { z } from 'zod';
import { asked, askedIfThere, KubernetesFailed } from './asked';
import type { KubernetesApis } from './connect';

const metal3 = { group: 'metal3.io', version: 'v1alpha1', namespace: 'openshift-machine-api', plural: 'baremetalhosts' } as const;
/** Where the installation leaves the hardware of a host: a manifest can't carry a status. */
const statusAnnotation = 'baremetalhost.metal3.io/status';

const bareMetalHost = z.looseObject({ metadata: z.looseObject({ name: z.string(), annotations: z.record(z.string(), z.string()).optional() }) });
const hostList = z.object({ items: z.array(bareMetalHost) });

type BareMetalHost = z.infer<typeof bareMetalHost>;

function parseStatus(text: string): Record<string, unknown> {
  // A time makes the status one that was told, else the operator of bare metal inspects the host anew.
  return { lastUpdated: new Date().toISOString(), ...z.looseObject({}).parse(JSON.parse(text)) };
}

async function settle({ custom }: KubernetesApis, host: BareMetalHost, status: string): Promise<void> {
  const { name } = host.metadata;
  const written: unknown = await asked(`write the status of ${name}`, () => custom.replaceNamespacedCustomObjectStatus({ ...metal3, name, body: { ...host, status: parseStatus(status) } }));
  const { metadata, ...rest } = bareMetalHost.parse(written);
  const { [statusAnnotation]: _written, ...annotations } = metadata.annotations ?? {};
  await asked(`take the annotation of ${name} away`, () => custom.replaceNamespacedCustomObject({ ...metal3, name, body: { ...rest, metadata: { ...metadata, annotations } } }));
}

/**
 * Gives the bare metal hosts of the cluster the hardware that the installation knows, where their own operator has not taken it over yet;
 * the names of those it was given to. On platforms without them there is nothing to do.
 */
export async function settleBareMetalHosts(apis: KubernetesApis): Promise<string[]> {
  const found: unknown = await askedIfThere('list bare metal hosts', () => apis.custom.listNamespacedCustomObject(metal3));
  if (found === undefined) return [];
  const settled: string[] = [];
  const failures: unknown[] = [];
  for (const host of hostList.parse(found).items) {
    const status = host.metadata.annotations?.[statusAnnotation];
    if (status === undefined) continue;
    try {
      await settle(apis, host, status);
      settled.push(host.metadata.name);
    } catch (error) {
      // With a conflict their operator was faster; the next look sees what it has come to.
      if (!(error instanceof KubernetesFailed) || error.code !== 409) failures.push(error);
    }
  }
  if (failures.length > 0 && settled.length === 0) throw failures[0];
  return settled;
}
