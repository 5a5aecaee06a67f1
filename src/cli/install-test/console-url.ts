import type { WireCluster } from '../../agent/protocol/wire-cluster';

/** Where the console of an installed cluster is. */
export const consoleUrlOf = ({ name, base_dns_domain: domain }: WireCluster): string => `https://console-openshift-console.apps.${name}.${domain}`;
