import type { ConnectionFile } from './connection-generator';
import { connectionUuid } from './connection-uuid';
import { renderKeyfile, type KeyfileSections } from './keyfile';
import type { DesiredInterface, DesiredNetwork } from './nmstate-schema';
import { portsOf } from './ports-of';
import { renderAddressing } from './render-addressing';

/** One connection for each interface, and for each port that is not among them; sorted by name. */
export function renderConnections(network: DesiredNetwork): ConnectionFile[] {
  const named = new Set(network.interfaces.map(({ name }) => name));
  const ports = network.interfaces.flatMap(portsOf).filter((port) => !named.has(port));
  const all: DesiredInterface[] = [...network.interfaces, ...ports.map((name): DesiredInterface => ({ name, type: 'ethernet' }))];
  return all
    .map((nic) => ({ name: `${nic.name}.nmconnection`, content: renderConnection(network, nic) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function renderConnection(network: DesiredNetwork, nic: DesiredInterface): string {
  const controller = network.interfaces.find((other) => portsOf(other).includes(nic.name));
  return renderKeyfile({
    connection: {
      id: nic.name,
      uuid: connectionUuid(nic.name),
      type: nic.type === 'linux-bridge' ? 'bridge' : nic.type,
      'interface-name': nic.name,
      ...(controller ? { master: connectionUuid(controller.name), 'slave-type': controller.type === 'bond' ? 'bond' : 'bridge' } : {}),
      ...(portsOf(nic).length > 0 ? { 'autoconnect-slaves': 1 } : {}),
    },
    ethernet: renderLink(nic),
    ...renderKind(nic),
    ...(controller ? {} : { ipv4: renderAddressing(network, nic, 4), ipv6: renderAddressing(network, nic, 6) }),
  });
}

/** What NetworkManager keeps under `ethernet` for every kind of interface. */
function renderLink(nic: DesiredInterface): KeyfileSections[string] {
  const { 'auto-negotiation': autoNegotiate, speed, duplex } = nic.type === 'ethernet' ? (nic.ethernet ?? {}) : {};
  return { 'auto-negotiate': autoNegotiate, speed, duplex, 'cloned-mac-address': nic['mac-address']?.toUpperCase(), mtu: nic.mtu };
}

function renderKind(nic: DesiredInterface): KeyfileSections {
  switch (nic.type) {
    case 'ethernet':
      return {};
    case 'bond':
      return { bond: { mode: nic['link-aggregation'].mode, ...nic['link-aggregation'].options } };
    case 'vlan':
      return { vlan: { id: nic.vlan.id, parent: nic.vlan['base-iface'] } };
    case 'linux-bridge': {
      const { enabled, ...rest } = nic.bridge.options?.stp ?? {};
      return { bridge: { stp: enabled, ...rest } };
    }
  }
}
