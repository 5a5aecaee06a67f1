import { parseAddress, parseCidr } from '../network/address';
import { compareVersions } from './compare-versions';
import { isDomainName } from './domain-name';

export interface ProxyInput {
  httpProxy: string;
  httpsProxy: string;
  noProxy: string;
}

/** First version whose installations understand `*`. */
const firstWithWildcard = '4.8.0-fc.4';

/** Why the proxy settings of a cluster can't be used, undefined when they can. Empty texts mean no proxy. */
export function checkProxy({ httpProxy, httpsProxy, noProxy }: ProxyInput, openshiftVersion: string): string | undefined {
  return (
    (httpProxy === '' ? undefined : checkProxyUrl('HTTP proxy', httpProxy)) ??
    (httpsProxy === '' ? undefined : checkProxyUrl('HTTPS proxy', httpsProxy)) ??
    (noProxy === '' ? undefined : checkNoProxy(noProxy, openshiftVersion))
  );
}

function checkProxyUrl(name: string, url: string): string | undefined {
  if (/^https:\/\//i.test(url)) return `The ${name} must be an http:// URL, proxies reached by HTTPS are not supported`;
  // Credentials may be in a URL: it is not repeated in the reason.
  const match = /^http:\/\/(?:[^\s@/?#]+@)?(\[[0-9A-Fa-f:.]+\]|[^\s@:/?#[\]]+)(?::(\d{1,5}))?(?:\/[^\s]*)?$/.exec(url);
  const host = match?.[1];
  if (host === undefined) return `The ${name} must be a URL of the form http://<host>:<port>`;
  if (Number(match?.[2] ?? 80) > 65_535) return `The port of the ${name} is above 65535`;
  const address = parseAddress(host.replace(/^\[|\]$/g, ''));
  return address !== undefined || isDomainName(host) ? undefined : `The host of the ${name} is neither an IP address nor a host name`;
}

function checkNoProxy(noProxy: string, openshiftVersion: string): string | undefined {
  if (noProxy === '*') {
    if (compareVersions(openshiftVersion, firstWithWildcard) >= 0) return undefined;
    return `The wildcard in no_proxy needs OpenShift ${firstWithWildcard} or later, the cluster is ${openshiftVersion}`;
  }
  const wrong = noProxy.split(',').map((entry) => entry.trim()).find((entry) => !isExempt(entry));
  return wrong === undefined ? undefined : `The no_proxy entry "${wrong}" is neither a domain nor an IP address nor a CIDR`;
}

function isExempt(entry: string): boolean {
  return parseAddress(entry) !== undefined || parseCidr(entry) !== undefined || isDomainName(entry.replace(/^\./, ''));
}
