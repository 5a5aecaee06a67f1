import { podmanRun } from '../podman-run';
import type { StepBuilder } from '../step';

/** Asks which of the other hosts can be reached, from which interface and how well. */
export const buildConnectivityCheck: StepBuilder = ({ host, peers, settings: { agent } }) => {
  const others = peers().filter(({ id }) => id !== host.id);
  if (others.length === 0) return undefined;
  return { stepType: 'connectivity-check', command: 'podman', args: podmanRun(agent.agentImage, ['connectivity_check', `[${others.map(({ json }) => json).join(',')}]`]) };
};
