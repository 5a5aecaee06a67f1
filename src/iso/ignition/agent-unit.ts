import type { DiscoveryInput } from './discovery-input';
import { serviceCaPath } from '../../domain/ignition/service-files';
import { proxyEnvironment, unitValue } from './unit-environment';

/** The unit that starts the agent and keeps it running. */
export function renderAgentUnit(input: DiscoveryInput): string {
  const { agentImage } = input;
  const image = unitValue('agent image', agentImage);
  const environment = [
    ...proxyEnvironment(input),
    `Environment=PULL_SECRET_TOKEN=${unitValue('agent token', input.agentToken)}`,
  ];
  const flags = [
    `--url ${unitValue('service address', input.serviceBaseUrl)}`,
    `--cluster-id ${unitValue('cluster id', input.clusterId)}`,
    `--agent-version ${image}`,
    `--insecure=${String(input.skipCertVerification)}`,
    ...(input.serviceCaCertificate ? [`--cacert ${serviceCaPath}`] : []),
  ];
  return `${[
    '[Unit]',
    'Description=Discovery agent',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=simple',
    'Restart=always',
    'RestartSec=3',
    `TimeoutStartSec=${input.agentStartTimeoutSeconds}`,
    ...environment,
    `ExecStartPre=/usr/local/bin/agent-fix-bz1964591 ${image}`,
    `ExecStartPre=podman run --privileged --rm -v /usr/local/bin:/hostbin ${image} cp /usr/bin/agent /hostbin`,
    `ExecStart=/usr/local/bin/agent ${flags.join(' ')}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ].join('\n')}\n`;
}
