import { parseBypassList } from './bypass-list';
import { destinationOf } from './destination';

/** Environment variables; each name is looked for in capitals first and then in small letters. */
export type Environment = Readonly<Record<string, string | undefined>>;

function read(environment: Environment, name: string): string {
  return environment[name] || environment[name.toLowerCase()] || '';
}

/** The message never holds the value: it may have a password in it. */
function readProxy(environment: Environment, name: string): URL | undefined {
  const text = read(environment, name);
  if (text === '') return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${name} must be the address of a proxy that begins with http:// or https://, or its host and port`);
  return url;
}

/**
 * Which proxy a request goes through by HTTP_PROXY, HTTPS_PROXY and NO_PROXY: undefined for none. Throws for an address that is none of
 * a proxy.
 */
export function createProxyFinder(environment: Environment): (url: URL) => URL | undefined {
  const proxies = { 'http:': readProxy(environment, 'HTTP_PROXY'), 'https:': readProxy(environment, 'HTTPS_PROXY') };
  const isBypassed = parseBypassList(read(environment, 'NO_PROXY'));
  return (url) => {
    const proxy = url.protocol === 'https:' ? proxies['https:'] : proxies['http:'];
    const { host, port } = destinationOf(url);
    return proxy && !isBypassed({ host: host.replace(/\.$/, ''), port }) ? proxy : undefined;
  };
}
