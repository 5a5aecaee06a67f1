import { familyOf } from '../../network/address';
import { networksOf } from '../../network/host-networks';
import { podmanRun, unlessRunning } from '../podman-run';
import { shellJoin } from '../shell-quote';
import type { StepBuilder } from '../step';

const name = 'free_addresses_scanner';

/** Asks which addresses of the host's IPv4 networks nobody uses. */
export const buildFreeNetworkAddresses: StepBuilder = ({ host, settings: { agent } }) => {
  const networks = networksOf(host).filter((network) => familyOf(network) === 4);
  if (networks.length === 0) return undefined;
  const run = shellJoin(['podman', ...podmanRun(agent.agentImage, ['free_addresses', JSON.stringify(networks)], { name })]);
  return { stepType: 'free-network-addresses', command: 'sh', args: ['-c', unlessRunning(name, run)] };
};
