import { findVipProblem } from '../../network/vip-problem';
import type { ValidationContext } from '../context';
import { failure, pending, success, type Finding } from '../validation';

/** Whether a virtual IP is set; `name` as in `API virtual IP`. */
export function evaluateVipDefined({ cluster, isUserManaged }: ValidationContext, name: string, vip: string): Finding {
  if (isUserManaged) return success(`No ${name} is needed: the user manages the network`);
  if (vip !== '') return success(`The ${name} is ${vip}`);
  if (!cluster.vipDhcpAllocation) return failure(`The ${name} is not set`);
  if (cluster.machineNetworkCidr === '') return pending(`The ${name} is asked for once the machine network is known`);
  return failure(`The DHCP server has not given the ${name} yet`);
}

/** Whether a virtual IP can be used in the machine network. */
export function evaluateVipValid({ snapshot, cluster, isUserManaged }: ValidationContext, name: string, vip: string): Finding {
  if (isUserManaged) return success(`No ${name} is needed: the user manages the network`);
  if (vip === '') return pending(`The ${name} is not set yet`);
  const problem = findVipProblem(snapshot, vip, cluster.machineNetworkCidr);
  return problem === undefined ? success(`The ${name} ${vip} is free in the machine network`) : failure(`The ${name} can't be used: ${problem}`);
}
