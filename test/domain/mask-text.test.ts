import { expect, it } from 'vitest';
import { hidden, maskText } from '../../src/domain/mask-text';

const secrets: Record<string, { text: string; shown: string }> = {
  'a token': { text: 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl here', shown: `got ${hidden} here` },
  'a header': { text: 'sent BEARER abcdefgh1234 and basic dXNlcjpwYXNz', shown: `sent BEARER ${hidden} and basic ${hidden}` },
  'a key in a query': { text: '/download?api_key=abc.def&x=1', shown: `/download?api_key=${hidden}&x=1` },
  'credentials of an address': { text: 'proxy http://user:word@proxy.example.com:3128 is used', shown: `proxy http://user:${hidden}@proxy.example.com:3128 is used` },
  'a pull secret': { text: 'name is {"auths":{"quay.io":{"auth":"dXNlcg=="}}}', shown: `name is {"auths":${hidden}` },
  'a part of a pull secret': { text: 'name is "auth": "dXNlcg=="', shown: `name is "auth": ${hidden}` },
  'a private key': { text: 'key -----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY----- end', shown: `key ${hidden} end` },
};

it.each(Object.entries(secrets))('hides %s', (_what, { text, shown }) => {
  expect(maskText(text)).toBe(shown);
});

it('leaves everything else as it is', () => {
  for (const text of ['', 'Host node-0 is ready', 'the basics of authority', 'https://console.example.com/x', 'Waiting for the host to send its hardware details']) expect(maskText(text)).toBe(text);
});
