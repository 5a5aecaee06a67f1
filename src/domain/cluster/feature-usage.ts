import type { ClusterSnapshot } from './model';

interface Feature {
  name: string;
  data?: Record<string, number>;
}

const countList = (text: string): number => text.split(',').filter((item) => item.trim() !== '').length;

/** JSON of the optional features a cluster uses, by name; the names, misspelling included, are those of the wire. */
export function describeFeatureUsage({ cluster, hosts, operators }: ClusterSnapshot): string {
  const named = hosts.filter((host) => host.requestedHostname !== '').length;
  const features: (Feature | false)[] = [
    cluster.additionalNtpSource !== '' && { name: 'Additional NTP Source', data: { source_count: countList(cluster.additionalNtpSource) } },
    named > 0 && { name: 'Requsted hostname', data: { host_count: named } },
    cluster.httpProxy + cluster.httpsProxy + cluster.noProxy !== '' && {
      name: 'Proxy',
      data: {
        ...(cluster.httpProxy !== '' && { http_proxy: 1 }), ...(cluster.httpsProxy !== '' && { https_proxy: 1 }), ...(cluster.noProxy !== '' && { no_proxy: 1 }),
      },
    },
    cluster.highAvailabilityMode === 'None' && { name: 'SNO' },
    cluster.vipDhcpAllocation && { name: 'VIP auto alloc.' },
    ...operators.filter((operator) => operator.operatorType === 'olm').map((operator) => ({ name: operator.name.toUpperCase() })),
  ];
  const used = features.filter((feature) => feature !== false);
  return used.length === 0 ? '' : JSON.stringify(Object.fromEntries(used.map((feature) => [feature.name, feature])));
}
