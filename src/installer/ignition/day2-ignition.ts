import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { Host } from '../../domain/host/model';
import { IgnitionError } from '../../domain/ignition/ignition-error';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { familyOf } from '../../domain/network/address';
import { renderHostIgnition } from './host-ignition';

/** Where a running cluster serves the configurations of its pools without the certificate of its authority. */
const poolPort = 22624;

/** Name under which the cluster's bucket prefix holds the ignition of a host. */
export const day2IgnitionName = (host: Pick<Host, 'id' | 'role'>): string => `${host.role}-${host.id}.ign`;

/** The configuration a host is added to a running cluster with: that of its pool, its name and the user's own part. Throws IgnitionError. */
export function renderDay2Ignition({ cluster }: ClusterSnapshot, host: Host): IgnitionConfig {
  const address = cluster.apiVip || cluster.apiVipDnsName;
  if (address === '') throw new IgnitionError('the cluster has neither an API address nor a name for it');
  const authority = familyOf(address) === 6 ? `[${address}]` : address;
  const pool = encodeURIComponent(host.machineConfigPoolName || host.role);
  return renderHostIgnition(host, { ignition: { version: '3.1.0', config: { merge: [{ source: `http://${authority}:${poolPort}/config/${pool}` }] } } });
}
