import { networkContains, parseAddress, parseCidr } from '../network/address';
import type { StepInput } from './step';

/** Arguments for the disk installer: the user's, one kernel argument for each interface in the machine network, and the static network. */
export function installerArguments({ snapshot: { cluster, infraEnv }, host }: StepInput): string[] {
  const fromUser = parseArguments(host.installerArgs);
  const args = [...fromUser];
  if (!fromUser.some((argument) => argument.startsWith('ip=') || argument.includes('=ip='))) {
    for (const nic of interfacesIn(cluster.machineNetworkCidr, host)) args.push('--append-karg', `ip=${nic}:${cluster.machineNetworkCidr.includes(':') ? 'dhcp6' : 'dhcp'}`);
  }
  if (infraEnv.staticNetworkConfig !== '' && !args.includes('--copy-network')) args.push('--copy-network');
  return args;
}

function parseArguments(text: string): string[] {
  if (text === '') return [];
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter((argument): argument is string => typeof argument === 'string') : [];
}

function interfacesIn(machineNetworkCidr: string, { facts: { inventory } }: StepInput['host']): string[] {
  const network = parseCidr(machineNetworkCidr);
  if (network === undefined) return [];
  return (inventory?.interfaces ?? []).flatMap((nic) => {
    const inside = [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])].some((text) => {
      const address = parseAddress(text.split('/')[0] ?? '');
      return address !== undefined && networkContains(network, address);
    });
    return inside && nic.name ? [nic.name] : [];
  });
}
