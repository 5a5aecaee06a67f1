import type { Host } from '../../host/model';
import { serviceCaPath } from '../../ignition/service-files';
import { cidrContains } from '../../network/address';
import { interfaceAddresses } from '../../network/host-networks';
import { podmanRun, serviceCaMounts } from '../podman-run';
import type { StepBuilder, StepInput } from '../step';

/** Has the logs of a host sent after a failed or cancelled installation, until some have arrived. */
export const buildExecuteLogs: StepBuilder = (input) => {
  const { snapshot: { cluster }, host, settings: { agent } } = input;
  if (host.logsCollectedAt !== null) return undefined;
  const program = [
    'logs_sender', '-url', agent.serviceBaseUrl, '-cluster-id', cluster.id, '-host-id', host.id,
    `--insecure=${agent.skipCertVerification}`, `-bootstrap=${host.bootstrap}`, `-with-installer-gather-logging=${host.bootstrap}`,
    ...mastersFlag(input), ...(agent.hasServiceCa ? [`-cacert=${serviceCaPath}`] : []),
  ];
  return { stepType: 'execute', command: 'timeout', args: ['1h', 'podman', ...podmanRun(agent.agentImage, program, { mounts: serviceCaMounts(agent), environment: ['PULL_SECRET_TOKEN'] })] };
};

function mastersFlag({ snapshot: { cluster, hosts }, host }: StepInput): string[] {
  if (!host.bootstrap) return [];
  const addresses = hosts.filter((other) => other.id !== host.id && other.role === 'master' && other.status !== 'disabled')
    .flatMap((master) => addressIn(master, cluster.machineNetworkCidr) ?? []);
  return addresses.length > 0 ? [`-masters-ips=${addresses.join(',')}`] : [];
}

function addressIn(host: Host, machineNetworkCidr: string): string | undefined {
  const addresses = interfaceAddresses(host).map((text) => text.split('/')[0] ?? '');
  return machineNetworkCidr === '' ? addresses[0] : addresses.find((address) => cidrContains(machineNetworkCidr, address));
}
