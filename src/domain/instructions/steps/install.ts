import type { Cluster } from '../../cluster/model';
import { serviceCaPath } from '../../ignition/service-files';
import { chooseInstallationDisk } from '../../host/installation-disk';
import { disksToFormat } from '../disks-to-format';
import { installerArguments } from '../installer-arguments';
import { podmanRun, serviceCaMounts } from '../podman-run';
import { findReleaseImages } from '../release-images';
import { shellJoin } from '../shell-quote';
import type { StepBuilder, StepInput } from '../step';

/** Installs the host. Needs an installation disk and the images of the release. */
export const buildInstall: StepBuilder = (input) => {
  const program = installerProgram(input);
  if (program === undefined) return undefined;
  const format = disksToFormat(input.host).map((disk) => `${shellJoin(['dd', 'if=/dev/zero', `of=${disk}`, 'bs=512', 'count=1'])} ; `);
  const run = shellJoin(['podman', ...podmanRun(input.settings.agent.installerImage, program, {
    name: 'assisted-installer',
    mounts: ['/dev:/dev:rw', '/opt:/opt:rw', '/var/lib/containers:/var/lib/containers:rw', ...serviceCaMounts(input.settings.agent)],
    options: ['--pid=host', '--ipc=host', '--security-opt', 'label=disable'],
    environment: ['PULL_SECRET_TOKEN'],
  })]);
  return { stepType: 'install', command: 'bash', args: ['-c', `${format.join('')}${run}`] };
};

function installerProgram(input: StepInput): string[] | undefined {
  const { snapshot, host, settings } = input;
  const { cluster } = snapshot;
  const { agent } = settings;
  const disk = chooseInstallationDisk(snapshot, host, settings);
  const release = findReleaseImages(agent, cluster.openshiftVersion);
  if (disk === undefined || release === undefined) return undefined;
  const installerArgs = installerArguments(input);
  return [
    '--role', host.bootstrap ? 'bootstrap' : host.role, '--cluster-id', cluster.id, '--host-id', host.id, '--boot-device', disk.id,
    '--url', agent.serviceBaseUrl, '--openshift-version', cluster.openshiftVersion,
    '--high-availability-mode', cluster.highAvailabilityMode ?? 'Full', '--mco-image', release.mco, '--controller-image', agent.controllerImage,
    '--agent-image', agent.agentImage, '--must-gather-image', release.mustGather,
    ...(agent.skipCertVerification ? ['--insecure'] : []),
    ...(settings.checkClusterVersion ? ['--check-cluster-version'] : []),
    ...(agent.hasServiceCa ? ['--cacert', serviceCaPath] : []),
    ...(agent.installationTimeoutMinutes > 0 ? ['--installation-timeout', `${agent.installationTimeoutMinutes}`] : []),
    ...(installerArgs.length > 0 ? ['--installer-args', JSON.stringify(installerArgs)] : []),
    ...proxyFlags(cluster),
    ...(agent.serviceIps.length > 0 ? ['--service-ips', agent.serviceIps.join(',')] : []),
  ];
}

function proxyFlags(cluster: Cluster): string[] {
  if (cluster.httpProxy === '' && cluster.httpsProxy === '') return [];
  const exempt = ['127.0.0.1', 'localhost', '.svc', '.cluster.local', `api-int.${cluster.name}.${cluster.baseDnsDomain}`];
  const noProxy = cluster.noProxy === '*' ? '*' : [...(cluster.noProxy === '' ? [] : [cluster.noProxy]), ...exempt].join(',');
  return [
    ...(cluster.httpProxy === '' ? [] : ['--http-proxy', cluster.httpProxy]),
    ...(cluster.httpsProxy === '' ? [] : ['--https-proxy', cluster.httpsProxy]),
    '--no-proxy', noProxy,
  ];
}
