import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { IgnitionError } from '../../domain/ignition/ignition-error';
import { mergeIgnition } from '../../domain/ignition/merge-ignition';
import { parseIgnition } from '../../domain/ignition/parse-ignition';
import { validateIgnition } from '../../domain/ignition/validate-ignition';
import { renderAgentUnit } from './agent-unit';
import { renderDiscoveryFiles } from './discovery-files';
import type { DiscoveryInput } from './discovery-input';
import { bootUnit } from '../static-network/boot-script';
import { selinuxUnit } from './selinux-policy';

/**
 * The configuration of a discovery image (specification 3.1.0, or what the user's own asks for), as JSON.
 * Throws IgnitionError when a value or the user's part of it is not valid; messages quote no secret.
 */
export function renderDiscoveryIgnition(input: DiscoveryInput): string {
  const rendered = renderOwnPart(input);
  const config = input.ignitionConfigOverrides === '' ? rendered : mergeIgnition(rendered, parseIgnition(input.ignitionConfigOverrides));
  const [problem] = validateIgnition(config);
  if (problem !== undefined) throw new IgnitionError(`the discovery ignition is not valid: ${problem}`);
  return JSON.stringify(config);
}

function renderOwnPart(input: DiscoveryInput): IgnitionConfig {
  const keys = splitLines(input.sshPublicKey);
  return {
    ignition: { version: '3.1.0', ...renderProxy(input) },
    passwd: {
      users: [{ name: 'core', passwordHash: '!', groups: ['sudo'], ...(keys.length > 0 ? { sshAuthorizedKeys: keys } : {}) }],
    },
    storage: { files: renderDiscoveryFiles(input) },
    systemd: {
      units: [
        { name: 'agent.service', enabled: true, contents: renderAgentUnit(input) },
        { name: 'selinux.service', enabled: true, contents: selinuxUnit },
        ...(input.staticNetwork.length > 0 ? [{ ...bootUnit, enabled: true }] : []),
      ],
    },
  };
}

function renderProxy({ httpProxy, httpsProxy, noProxy }: DiscoveryInput): Pick<IgnitionConfig['ignition'], 'proxy'> {
  if (httpProxy === '' && httpsProxy === '') return {};
  const exceptions = noProxy.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  return {
    proxy: {
      ...(httpProxy === '' ? {} : { httpProxy }),
      ...(httpsProxy === '' ? {} : { httpsProxy }),
      ...(exceptions.length > 0 ? { noProxy: exceptions } : {}),
    },
  };
}

function splitLines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}
