import { findHostProblems } from '../../domain/static-network/find-host-problems';
import type { HostNetwork } from '../../domain/static-network/host-network';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';

/** Networks that are looked at at a time: each may be a program of its own. */
const atOnce = 4;
/** Problems told at once. */
const toldProblems = 5;

/** Throws Invalid that names each field at fault of the networks of hosts, Unavailable when that cannot be told. */
export async function checkStaticNetwork({ checkNetworkYaml }: Pick<ServiceDeps, 'checkNetworkYaml'>, hosts: readonly HostNetwork[]): Promise<void> {
  const problems = findHostProblems(hosts);
  if (problems.length === 0) {
    for (let start = 0; start < hosts.length && problems.length < toldProblems; start += atOnce) {
      const answers = await Promise.all(hosts.slice(start, start + atOnce).map(({ networkYaml }) => checkNetworkYaml(networkYaml)));
      problems.push(...answers.flatMap((answer, index) => (answer === undefined ? [] : [`static_network_config[${start + index}].network_yaml: ${answer}`])));
    }
  }
  if (problems.length > 0) throw new Invalid(problems.slice(0, toldProblems).join('. '));
}
