import type { DesiredInterface } from './nmstate-schema';

/** The interfaces that a bond or a bridge is made of. */
export function portsOf(nic: DesiredInterface): string[] {
  if (nic.type === 'bond') return nic['link-aggregation'].port ?? nic['link-aggregation'].slaves ?? [];
  return nic.type === 'linux-bridge' ? nic.bridge.port.map(({ name }) => name) : [];
}
