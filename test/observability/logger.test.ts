import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/observability/logger';

function logged(fields: object): string {
  let text = '';
  createLogger({ level: 'trace', role: 'api', environment: 'development' }, { write: (line) => void (text += line) }).info(fields, 'happened');
  return text;
}

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJwbGFudGVkIjoxfQ.cGxhbnRlZA';
const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: 'cGxhbnRlZDpwbGFudGVk' } } });

describe('the log', () => {
  it.each<[string, object]>([
    ['a field by its name', { pull_secret: 'planted' }],
    ['a field within others', { request: { headers: [{ Authorization: 'planted' }] } }],
    ['a token in a text', { reason: `the token ${jwt} is bad` }],
    ['a header in a text', { reason: 'sent Authorization: Bearer planted-planted' }],
    ['the signature of an address', { url: 'http://x/y?file=a&api_key=planted&b=c' }],
    ['the password of an address', { fault: { message: 'connect postgres://user:planted@db/x failed' } }],
    ['a pull secret in a text', { reason: `cannot use ${pullSecret}` }],
    ['a pull secret in JSON in JSON', { reason: JSON.stringify({ body: pullSecret }) }],
    ['a private key', { reason: '-----BEGIN EC PRIVATE KEY-----\nplanted\n-----END EC PRIVATE KEY-----' }],
  ])('hides %s', (_, fields) => {
    const text = logged(fields);
    expect(text).toContain('[hidden]');
    expect(text).not.toMatch(/planted|cGxhbnRlZ/);
  });

  it('shows everything else as it is', () => {
    const fields = { path: '/clusters/bbf2dead', ms: 3, ok: true, none: null, list: ['a', 1], fault: { type: 'Error', message: 'no answer: basic' } };
    expect(JSON.parse(logged(fields))).toMatchObject({ level: 'info', role: 'api', msg: 'happened', ...fields });
  });
});
