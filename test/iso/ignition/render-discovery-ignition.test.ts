import { describe, expect, it } from 'vitest';
import { findDataUrlText } from '../../../src/domain/ignition/data-url';
import type { IgnitionConfig } from '../../../src/domain/ignition/ignition-config';
import { IgnitionError } from '../../../src/domain/ignition/ignition-error';
import type { DiscoveryInput } from '../../../src/iso/ignition/discovery-input';
import { maskDiscoveryInput } from '../../../src/iso/ignition/mask-discovery-input';
import { renderDiscoveryIgnition } from '../../../src/iso/ignition/render-discovery-ignition';

const input: DiscoveryInput = {
  clusterId: 'bd9d3b83-80a3-4b94-8b61-c12b2f1a2373',
  serviceBaseUrl: 'https://service.example.com',
  agentImage: 'images.example.com/agent:v1',
  skipCertVerification: false,
  agentToken: 'dG9rZW46c2VjcmV0',
  pullSecret: '{"auths":{"cloud.example.com":{"auth":"cHVsbDpzZWNyZXQ=","email":"ü@example.com"}}}',
  sshPublicKey: 'ssh-ed25519 AAAAC3Nza first\nssh-ed25519 AAAAC3Nzb second\n',
  httpProxy: '',
  httpsProxy: '',
  noProxy: '',
  agentStartTimeoutSeconds: 180,
  staticNetwork: [],
  ignitionConfigOverrides: '',
};

const render = (changes: Partial<DiscoveryInput> = {}) => JSON.parse(renderDiscoveryIgnition({ ...input, ...changes })) as IgnitionConfig;
const unit = (config: IgnitionConfig, name = 'agent.service') => config.systemd?.units?.find((each) => each.name === name)?.contents ?? '';
const file = (config: IgnitionConfig, path: string) => config.storage?.files?.find((each) => each.path === path);
const textOf = (config: IgnitionConfig, path: string) => findDataUrlText(file(config, path)?.contents?.source ?? '');

describe('the discovery ignition', () => {
  it('starts the agent with the way to the service and its cluster', () => {
    const config = render();
    expect(config.ignition).toEqual({ version: '3.1.0' });
    const lines = unit(config).split('\n');
    expect(lines).toEqual(expect.arrayContaining(['Type=simple', 'Restart=always', 'RestartSec=3']));
    expect(lines.filter((line) => line.startsWith('ExecStartPre='))).toEqual([
      'ExecStartPre=/usr/local/bin/agent-fix-bz1964591 images.example.com/agent:v1',
      'ExecStartPre=podman run --privileged --rm -v /usr/local/bin:/hostbin images.example.com/agent:v1 cp /usr/bin/agent /hostbin',
    ]);
    expect(unit(render({ skipCertVerification: true }))).toContain('--insecure=true');
    expect(unit(config)).not.toContain('--cacert');
    expect(lines).toContain('Environment=PULL_SECRET_TOKEN=dG9rZW46c2VjcmV0');
    expect(lines).toContain('TimeoutStartSec=180');
    expect(lines).toContain(
      'ExecStart=/usr/local/bin/agent --url https://service.example.com --cluster-id bd9d3b83-80a3-4b94-8b61-c12b2f1a2373 ' +
        '--agent-version images.example.com/agent:v1 --insecure=false',
    );
    expect(unit(config)).not.toContain('PROXY=');
    expect(config.systemd?.units?.every((each) => each.enabled)).toBe(true);
    expect(unit(config, 'selinux.service')).toContain('/root/assisted.te');
    expect(unit(config, 'selinux.service')).toContain('Type=oneshot');
    expect(textOf(config, '/root/assisted.te')).toContain('allow chronyd_t container_file_t:sock_file write;');
    expect([textOf(config, '/usr/local/bin/agent-fix-bz1964591'), file(config, '/usr/local/bin/agent-fix-bz1964591')?.mode]).toEqual([expect.stringContaining('podman rmi'), 0o755]);
    expect(textOf(config, '/etc/motd')).toContain('discovery image');
  });

  it('carries the pull secret, the keys and the files of the live system', () => {
    const config = render();
    expect(textOf(config, '/root/.docker/config.json')).toBe(input.pullSecret);
    expect(file(config, '/root/.docker/config.json')?.mode).toBe(0o600);
    expect(config.passwd?.users).toEqual([
      { name: 'core', passwordHash: '!', groups: ['sudo'], sshAuthorizedKeys: ['ssh-ed25519 AAAAC3Nza first', 'ssh-ed25519 AAAAC3Nzb second'] },
    ]);
    expect(textOf(config, '/etc/NetworkManager/conf.d/01-ipv6.conf')).toMatch(/dhcp-iaid=mac[\s\S]*dhcp-duid=ll/);
    expect(config.storage?.files?.map((each) => each.path)).toEqual([
      '/usr/local/bin/agent-fix-bz1964591', '/etc/motd', '/etc/NetworkManager/conf.d/01-ipv6.conf', '/root/.docker/config.json', '/root/assisted.te',
    ]);
    expect(render({ sshPublicKey: '' }).passwd?.users?.[0]).not.toHaveProperty('sshAuthorizedKeys');
  });

  it('knows the proxies in both spellings, with percent signs as units need them', () => {
    const config = render({ httpProxy: 'http://user:p%40ss@proxy.example.com:3128', noProxy: 'a.example.com, 10.0.0.0/8' });
    const lines = unit(config).split('\n');
    expect(lines).toContain('Environment=HTTP_PROXY=http://user:p%%40ss@proxy.example.com:3128');
    expect(lines).toContain('Environment=http_proxy=http://user:p%%40ss@proxy.example.com:3128');
    expect(lines).toContain('Environment=NO_PROXY=a.example.com,10.0.0.0/8');
    expect(unit(config)).not.toContain('HTTPS_PROXY');
    expect(config.ignition.proxy).toEqual({ httpProxy: 'http://user:p%40ss@proxy.example.com:3128', noProxy: ['a.example.com', '10.0.0.0/8'] });
    expect(render({ noProxy: 'a.example.com' }).ignition).toEqual({ version: '3.1.0' });
  });

  it('carries what a site adds', () => {
    const config = render({
      serviceCaCertificate: 'PEM', serviceIps: ['10.0.0.1', '10.0.0.2'], mirrorRegistriesConfig: 'unqualified-search-registries = []', mirrorCaCertificate: 'PEM2', rhRootCaCertificate: 'PEM3',
    });
    expect(unit(config)).toContain('--cacert /etc/assisted-service/service-ca-cert.crt');
    expect(textOf(config, '/etc/assisted-service/service-ca-cert.crt')).toBe('PEM');
    const hosts = file(config, '/etc/hosts');
    expect(findDataUrlText(hosts?.append?.[0]?.source ?? '')).toBe('10.0.0.1 assisted-api.local.openshift.io\n10.0.0.2 assisted-api.local.openshift.io\n');
    expect(textOf(config, '/etc/containers/registries.conf')).toContain('unqualified');
    expect(textOf(config, '/etc/pki/ca-trust/source/anchors/domain.crt')).toBe('PEM2');
    expect(textOf(config, '/etc/pki/ca-trust/source/anchors/rh-it-root-ca.crt')).toBe('PEM3');
  });

  it('lets the user have the last word', () => {
    const config = render({
      ignitionConfigOverrides: JSON.stringify({
        ignition: { version: '3.2.0' },
        storage: { files: [{ path: '/etc/motd', contents: { source: 'data:,mine' } }, { path: '/etc/extra', contents: { source: 'data:,x' } }] },
        systemd: { units: [{ name: 'agent.service', enabled: false }] },
      }),
    });
    expect(config.ignition.version).toBe('3.2.0');
    expect(textOf(config, '/etc/motd')).toBe('mine');
    expect(file(config, '/etc/extra')).toBeDefined();
    expect(config.systemd?.units?.[0]).toMatchObject({ name: 'agent.service', enabled: false });
    expect(unit(config)).toContain('ExecStart=');
  });

  it.each<[string, Partial<DiscoveryInput>]>([
    ['a line break in a proxy', { httpProxy: 'http://proxy\nExecStart=/bin/evil' }],
    ['a quote in the token', { agentToken: 'a"b' }],
    ['overrides that are no JSON', { ignitionConfigOverrides: '{secret' }],
    ['a list of exceptions that systemd would cut off', { httpProxy: 'http://proxy', noProxy: 'a.example.com,'.repeat(200) }],
    ['overrides of another specification', { ignitionConfigOverrides: '{"ignition":{"version":"2.2.0"}}' }],
  ])('refuses %s, without quoting it', (_, changes) => {
    expect(() => render(changes)).toThrow(IgnitionError);
    try {
      render(changes);
    } catch (error) {
      expect((error as Error).message).not.toMatch(/evil|secret|a"b/);
    }
  });
});

describe('the variant for logs', () => {
  it('shows the shape and no secret', () => {
    const full = { ...input, httpProxy: 'http://user:hidden@proxy.example.com', serviceCaCertificate: 'CA-PEM', rhRootCaCertificate: 'CA-PEM', mirrorCaCertificate: 'CA-PEM', ignitionConfigOverrides: '{"ignition":{"version":"3.1.0"},"x":"OVERRIDE"}',
      staticNetwork: [{ path: '/etc/assisted/network/host0/eth0.nmconnection', mode: 0o600, content: '[802-1x]\npassword=WIRED\n' }] };
    const masked = renderDiscoveryIgnition(maskDiscoveryInput(full));
    for (const secret of ['dG9rZW46c2VjcmV0', 'cHVsbDpzZWNyZXQ', 'AAAAC3Nza', 'user:hidden', 'CA-PEM', 'OVERRIDE', 'WIRED']) {
      expect(masked).not.toContain(secret);
    }
    expect(masked).toContain('--cluster-id bd9d3b83-80a3-4b94-8b61-c12b2f1a2373');
    expect(masked).toContain('PULL_SECRET_TOKEN=*****');
    expect(masked).toContain('/etc/assisted/network/host0/eth0.nmconnection');
  });
});
