import type { RequestOptions } from 'node:http';
import { destinationOf } from './destination';

/** How to reach a proxy, and as whom: the user and password of its address. */
export function proxyOptions(proxy: URL): Pick<RequestOptions, 'host' | 'port'> & { headers: Record<string, string> } {
  const [user, password] = [decodeURIComponent(proxy.username), decodeURIComponent(proxy.password)];
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  return { ...destinationOf(proxy), headers: user === '' && password === '' ? {} : { 'proxy-authorization': `Basic ${basic}` } };
}
