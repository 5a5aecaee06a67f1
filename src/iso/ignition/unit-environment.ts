import { IgnitionError } from '../../domain/ignition/ignition-error';
import type { DiscoveryInput } from './discovery-input';

/** Lines of a unit that give its program the proxies, by both spellings of their variables. Throws IgnitionError. */
export function proxyEnvironment({ httpProxy, httpsProxy, noProxy }: Pick<DiscoveryInput, 'httpProxy' | 'httpsProxy' | 'noProxy'>): string[] {
  return [...variable('HTTP_PROXY', 'http proxy', httpProxy), ...variable('HTTPS_PROXY', 'https proxy', httpsProxy), ...variable('NO_PROXY', 'no proxy', noProxy)];
}

function variable(name: string, title: string, value: string): string[] {
  const list = value.replace(/\s*,\s*/g, ',').trim();
  return list === '' ? [] : [name, name.toLowerCase()].map((spelling) => `Environment=${spelling}=${unitValue(title, list)}`);
}

/** A percent sign starts a specifier in unit files; white space and quotes would end the value or begin another line. */
export function unitValue(title: string, value: string): string {
  if (/[\s"'\\]/.test(value)) throw new IgnitionError(`the ${title} holds white space, a quote or a backslash, which a unit file cannot carry`);
  return value.replaceAll('%', '%%');
}
