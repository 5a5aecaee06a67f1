import type { StepBuilder } from '../step';

const stopBootstrap = [
  'systemctl stop bootkube.service', 'rm -rf /etc/kubernetes/manifests/* /etc/kubernetes/static-pod-resources/* /opt/openshift',
  'systemctl stop kubelet.service',
];
const restart = ['/usr/bin/podman rm --all -f', 'systemctl restart agent'];

/** Clears what an installation left running and lets the host register anew. */
export const buildResetInstallation: StepBuilder = ({ host }) => ({
  stepType: 'reset-installation',
  command: 'bash',
  args: ['-c', [...(host.bootstrap ? stopBootstrap : []), ...restart].join('; ')],
});
