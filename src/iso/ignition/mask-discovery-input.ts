import type { DiscoveryInput } from './discovery-input';

const mask = '*****';

/** The same input fit for logs: rendering it gives the configuration without secrets. What the user laid over may hold some, so it is left out. */
export function maskDiscoveryInput(input: DiscoveryInput): DiscoveryInput {
  const { serviceCaCertificate, mirrorCaCertificate, rhRootCaCertificate } = input;
  return {
    ...input,
    agentToken: hide(input.agentToken),
    pullSecret: hide(input.pullSecret),
    sshPublicKey: hide(input.sshPublicKey),
    httpProxy: hideCredentials(input.httpProxy),
    httpsProxy: hideCredentials(input.httpsProxy),
    ...(serviceCaCertificate ? { serviceCaCertificate: mask } : {}),
    ...(rhRootCaCertificate ? { rhRootCaCertificate: mask } : {}),
    ...(mirrorCaCertificate ? { mirrorCaCertificate: mask } : {}),
    // Connections may hold the passwords of networks.
    staticNetwork: input.staticNetwork.map((file) => ({ ...file, content: mask })),
    ignitionConfigOverrides: '',
  };
}

const hide = (secret: string) => (secret === '' ? '' : mask);
const hideCredentials = (url: string) => url.replace(/\/\/.*@/, `//${mask}@`);
