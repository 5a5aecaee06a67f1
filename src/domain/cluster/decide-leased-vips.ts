import type { Refusal } from '../refusal';
import type { ClusterSnapshot } from './model';
import type { ClusterStatus } from './status';

export interface LeasedVips {
  apiVip: string;
  ingressVip: string;
  apiVipLease: string;
  ingressVipLease: string;
}

const open: readonly ClusterStatus[] = ['pending-for-input', 'insufficient', 'ready'];
const fixed: readonly ClusterStatus[] = ['preparing-for-installation', 'installing', 'finalizing'];

/** What a lease that a host brought means for the cluster. Once the installation has begun the addresses must not move (Internal). */
export function decideLeasedVips({ cluster }: ClusterSnapshot, vips: LeasedVips): 'nothing' | 'store' | Refusal {
  const same = cluster.apiVip === vips.apiVip && cluster.ingressVip === vips.ingressVip;
  if (open.includes(cluster.status) && cluster.vipDhcpAllocation) {
    return same && cluster.apiVipLease === vips.apiVipLease && cluster.ingressVipLease === vips.ingressVipLease ? 'nothing' : 'store';
  }
  if (fixed.includes(cluster.status) && !same) return { type: 'Invalid', reason: 'The leased virtual IP addresses differ from those the cluster is installed with' };
  return 'nothing';
}
