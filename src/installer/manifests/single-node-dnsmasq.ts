import type { ClusterSnapshot } from '../../domain/cluster/model';
import { findSingleNodeAddress } from '../../domain/cluster/single-node-address';
import { rootFile } from '../../domain/ignition/root-file';
import { ArtefactError } from '../artefact-error';
import type { ArtefactSite, Manifest } from '../artefact-generator';
import { renderMachineConfig } from './machine-config';

const unit = `[Unit]
Description=Answers the names of this cluster on its only node
Wants=network-online.target
After=network-online.target
Before=kubelet.service crio.service

[Service]
ExecStart=/usr/sbin/dnsmasq --keep-in-foreground --conf-file=/etc/dnsmasq.d/single-node.conf
Restart=always

[Install]
WantedBy=multi-user.target
`;

/**
 * Lets a single node resolve the names of its own cluster, where nobody has put them into DNS; for any other cluster and site nothing.
 * Throws ArtefactError when the address of the node is not known.
 */
export function renderSingleNodeDnsmasq(snapshot: ClusterSnapshot, site: ArtefactSite): Manifest[] {
  const { cluster } = snapshot;
  if (cluster.highAvailabilityMode !== 'None' || !site.singleNodeDnsmasq) return [];
  const address = findSingleNodeAddress(snapshot);
  if (address === undefined) throw new ArtefactError('the single node has no address in the machine network, so nothing can answer the names of its cluster');
  const zone = `${cluster.name}.${cluster.baseDnsDomain}`;
  const files = [
    rootFile('/etc/dnsmasq.d/single-node.conf', 0o644, renderConfiguration(zone, address)),
    rootFile('/etc/NetworkManager/conf.d/single-node.conf', 0o644, '[main]\nrc-manager=unmanaged\n'),
    rootFile('/etc/NetworkManager/dispatcher.d/single-node-resolver', 0o755, renderDispatcher(zone, address)),
  ];
  return [{
    path: 'openshift/dnsmasq-bootstrap-in-place.yaml',
    content: renderMachineConfig('50-master-dnsmasq-configuration', 'master', { files, units: [{ name: 'dnsmasq.service', enabled: true, contents: unit }] }),
  }];
}

function renderConfiguration(zone: string, address: string): string {
  const names = [`apps.${zone}`, `api-int.${zone}`, `api.${zone}`];
  return `${names.map((name) => `address=/${name}/${address}\n`).join('')}bind-dynamic
except-interface=lo
resolv-file=/etc/resolv.conf.upstream
`;
}

/** Keeps what DHCP or the user named as servers for all other names, and puts the node itself in front. */
function renderDispatcher(zone: string, address: string): string {
  return `#!/bin/sh
case "$2" in
  up|dhcp4-change|dhcp6-change|connectivity-change) ;;
  *) exit 0 ;;
esac
upstream=/var/run/NetworkManager/resolv.conf
[ -f "$upstream" ] || exit 0
cp "$upstream" /etc/resolv.conf.upstream
{
  echo "search ${zone}"
  echo "nameserver ${address}"
  grep -v '^search' "$upstream"
} > /etc/resolv.conf.new
mv /etc/resolv.conf.new /etc/resolv.conf
`;
}
