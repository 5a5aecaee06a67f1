import { z } from 'zod';
import { parseCidr, spellAddress } from '../../domain/network/address';
import { asked, askedIfThere } from './asked';
import type { KubernetesApis } from './connect';

/** The name server of a cluster is the tenth address of its service network: every kubelet counts on that. */
const dnsOffset = 10n;
const dns = { namespace: 'openshift-dns', name: 'dns-default' } as const;

const network = z.object({ status: z.object({ serviceNetwork: z.array(z.string()).optional() }).optional(), spec: z.object({ serviceNetwork: z.array(z.string()).optional() }).optional() });

async function findDnsAddress({ custom }: KubernetesApis): Promise<string | undefined> {
  const found: unknown = await askedIfThere('get the network', () => custom.getClusterCustomObject({ group: 'config.openshift.io', version: 'v1', plural: 'networks', name: 'cluster' }));
  if (found === undefined) return undefined;
  const { status, spec } = network.parse(found);
  const cidr = parseCidr((status?.serviceNetwork ?? spec?.serviceNetwork)?.[0] ?? '');
  return cidr && spellAddress(cidr.family, cidr.base + dnsOffset);
}

/**
 * Sees to it that the cluster's name server gets its address: a service that came up before it may have been given that one, and is
 * deleted, so that its owner makes it anew with another. True once the name server has it.
 */
export async function freeDnsAddress(apis: KubernetesApis, tell: (what: string) => void): Promise<boolean> {
  const address = await findDnsAddress(apis);
  if (address === undefined) return false;
  const { items } = await asked('list services', () => apis.core.listServiceForAllNamespaces());
  const owner = items.find(({ spec }) => spec?.clusterIP === address)?.metadata;
  const { name, namespace } = owner ?? {};
  if (name === undefined || namespace === undefined) return false;
  if (name === dns.name && namespace === dns.namespace) return true;
  tell(`deletes the service ${namespace}/${name}: it has the address of the cluster's name server, ${address}`);
  await askedIfThere(`delete the service ${name}`, () => apis.core.deleteNamespacedService({ name, namespace }));
  return false;
}
