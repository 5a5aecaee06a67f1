import { describe, expect, it } from 'vitest';
import { findSecrets } from './find-secrets';

const secret = '{"auths":"planted/+&secret"}';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a secret is found', () => {
  it.each([
    ['as it is', `a ${secret} b`],
    ['in JSON', JSON.stringify({ a: secret })],
    ['in JSON of JSON', JSON.stringify(JSON.stringify({ a: secret }))],
    ['in an address', `?key=${encodeURIComponent(secret)}`],
    ['in bytes as a database shows them', `\\x00${Buffer.from(secret).toString('hex')}ff`],
    ['in base64', base64(secret)],
    ...[1, 2, 3, 4].map((offset): [string, string] => [`in base64 after ${offset} bytes`, base64(`${'x'.repeat(offset)}${secret}tail`)]),
  ])('%s', (_, text) => expect(findSecrets(text, { planted: secret, other: 'something else' })).toEqual(['planted']));

  it('nowhere else', () => expect(findSecrets(`${secret.slice(0, 20)} ${base64(secret).slice(0, 12)}`, { planted: secret })).toEqual([]));
});
