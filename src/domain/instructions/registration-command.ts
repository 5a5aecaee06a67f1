import { serviceCaPath } from '../ignition/service-files';
import type { DomainSettings } from '../settings';
import { serviceCaMounts } from './podman-run';

/** What an agent runs after its registration: the program that polls for instructions. */
export interface RunnerCommand {
  command: string;
  args: string[];
  /** How long the agent waits before it starts a crashed runner again. */
  retrySeconds: number;
}

const mounts = ['/dev:/dev:rw', '/opt:/opt:rw', '/run/systemd/journal/socket:/run/systemd/journal/socket', '/var/log:/var/log:rw', '/run/media:/run/media:rw'];
const environment = ['PULL_SECRET_TOKEN', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/** The command of the registration answer. */
export function nextStepRunnerCommand(clusterId: string, hostId: string, { agent }: DomainSettings): RunnerCommand {
  return {
    command: 'podman',
    args: [
      'run', '--rm', '-ti', '--privileged', '--pid=host', '--net=host',
      ...[...mounts, ...serviceCaMounts(agent)].flatMap((mount) => ['-v', mount]),
      ...environment.flatMap((variable) => ['--env', variable]),
      '--name', 'next-step-runner', agent.agentImage,
      'next_step_runner', '--url', agent.serviceBaseUrl, '--cluster-id', clusterId, '--host-id', hostId,
      '--agent-version', agent.agentImage, `--insecure=${agent.skipCertVerification}`,
      ...(agent.hasServiceCa ? ['--cacert', serviceCaPath] : []),
    ],
    retrySeconds: 60,
  };
}
