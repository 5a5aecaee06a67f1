import { describe, expect, it } from 'vitest';
import { createProxyFinder } from '../../../../src/agent/protocol/http/find-proxy';

describe('the proxy of a request', () => {
  it.each([
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'https://example.com/', 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://example.com/', undefined],
    [{ HTTP_PROXY: 'http://proxy:3128' }, 'http://example.com/', 'http://proxy:3128/'],
    [{ HTTP_PROXY: 'http://proxy:3128' }, 'https://example.com/', undefined],
    [{ https_proxy: 'http://small:3128' }, 'https://example.com/', 'http://small:3128/'],
    [{ HTTPS_PROXY: 'http://big:3128', https_proxy: 'http://small:3128' }, 'https://example.com/', 'http://big:3128/'],
    [{ HTTPS_PROXY: '', https_proxy: 'http://small:3128' }, 'https://example.com/', 'http://small:3128/'],
    [{ HTTPS_PROXY: 'proxy.example.com:3128' }, 'https://example.com/', 'http://proxy.example.com:3128/'],
    [{ HTTPS_PROXY: 'https://proxy' }, 'https://example.com/', 'https://proxy/'],
    [{ HTTPS_PROXY: 'http://proxy', NO_PROXY: 'example.com' }, 'https://EXAMPLE.com./', undefined],
    [{ HTTPS_PROXY: 'http://proxy', no_proxy: 'example.com:443' }, 'https://example.com/', undefined],
    [{ HTTPS_PROXY: 'http://proxy', NO_PROXY: '2001:db8::/32' }, 'https://[2001:db8::1]:6443/', undefined],
    [{}, 'https://example.com/', undefined],
  ])('with %j, %s goes through %s', (environment, url, expected) => {
    expect(createProxyFinder(environment)(new URL(url))?.href).toBe(expected);
  });

  it.each(['socks5://user:secret@proxy', 'http://', 'ftp://proxy:secret@x', 'user:secret@@:x'])('is never %s, and what is said of that holds no password', (address) => {
    const create = () => createProxyFinder({ HTTP_PROXY: address });
    expect(create).toThrow(/^HTTP_PROXY must be the address of a proxy/);
    expect(create).not.toThrow(/secret/);
  });
});
