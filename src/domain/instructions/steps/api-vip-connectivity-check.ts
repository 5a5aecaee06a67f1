import { familyOf } from '../../network/address';
import { podmanRun } from '../podman-run';
import type { StepBuilder } from '../step';

const ignitionPort = 22624;

/** Asks whether the host reaches the running cluster it is to join. */
export const buildApiVipConnectivityCheck: StepBuilder = ({ snapshot: { cluster }, settings: { agent } }) => {
  const target = cluster.apiVipDnsName || cluster.apiVip;
  if (target === '') return undefined;
  const authority = familyOf(target) === 6 ? `[${target}]` : target;
  const request = { url: `http://${authority}:${ignitionPort}/config/worker`, verify_cidr: agent.supportL2 };
  return { stepType: 'api-vip-connectivity-check', command: 'podman', args: podmanRun(agent.agentImage, ['apivip_check', JSON.stringify(request)]) };
};
