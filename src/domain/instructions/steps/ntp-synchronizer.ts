import { podmanRun } from '../podman-run';
import type { StepBuilder } from '../step';

/** Gives the host the cluster's NTP sources and asks how its clock stands with all it has. */
export const buildNtpSynchronizer: StepBuilder = ({ snapshot: { cluster }, settings: { agent } }) => ({
  stepType: 'ntp-synchronizer',
  command: 'podman',
  args: podmanRun(agent.agentImage, ['ntp_synchronizer', JSON.stringify({ ntp_source: cluster.additionalNtpSource })], {
    mounts: ['/run/chrony:/run/chrony'],
  }),
});
