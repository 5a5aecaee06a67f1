import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let ready = false;
const origin = 'https://console.example.com';
beforeAll(async () => {
  api = await startTestApi({ ready: () => ready, allowedDomains: [origin] });
});
afterAll(() => api.close());

describe('before the service is ready', () => {
  it('answers 503 with the reason, except for what tells how it is', async () => {
    const list = await api.as.user.get('/clusters');
    expect([list.status, list.headers.get('Retry-After'), findViolations('error', list.json)]).toEqual([503, '5', []]);
    expect(list.json['reason']).toContain('base images');
    const state = await api.as.nobody.get('//ready');
    expect([state.status, state.json]).toEqual([503, { ready: false, reasons: ['the base images are not there yet'] }]);
    expect((await api.as.nobody.get('//health')).status).toBe(200);
    expect((await api.as.nobody.get('//metrics')).status).toBe(200);
    expect((await api.as.nobody.get('/openapi')).status).toBe(200);
  });

  it('opens once, and stays open while something else goes away', async () => {
    ready = true;
    expect((await api.as.user.get('/clusters')).status).toBe(200);
    ready = false;
    expect((await api.as.user.get('/clusters')).status).toBe(200);
    expect((await api.as.nobody.get('//ready')).status).toBe(503);
  });
});

describe('requests that fit no operation', () => {
  it('are unknown paths', async () => {
    const answer = await api.as.user.get('/nothing-here');
    expect([answer.status, answer.json]).toEqual([404, { code: 404, message: 'path /api/assisted-install/v1/nothing-here was not found' }]);
  });

  it('are wrong methods, with those that are right', async () => {
    const answer = await api.as.user.put('/clusters/', {});
    expect([answer.status, answer.headers.get('Allow'), findViolations('error', answer.json)]).toEqual([405, 'GET, POST', []]);
    expect((await api.as.user.send('HEAD', '/clusters/bbf2dead-3746-54cb-b32a-917afd236656/actions/install')).status).toBe(405);
  });

  it('are bodies that are no JSON, missing, or too large', async () => {
    const text = await api.as.user.post('/clusters', '{"name":');
    expect([text.status, text.json]).toEqual([400, { code: 400, message: 'The body is not valid JSON.' }]);
    const missing = await api.as.user.post('/clusters');
    expect([missing.status, missing.json]).toEqual([422, { code: 602, message: 'body in body is required' }]);
    const large = await api.as.user.post('/clusters', JSON.stringify({ name: 'x'.repeat(70_000) }));
    expect([large.status, findViolations('error', large.json)]).toEqual([413, []]);
    const stream = new Response('x'.repeat(70_000)).body;
    const chunked = await api.app.request(new Request('http://test/api/assisted-install/v1/clusters', {
      method: 'POST', body: stream, duplex: 'half', headers: { Authorization: `Bearer ${api.tokens.user_token}` },
    }));
    expect(chunked.status).toBe(413);
  });

  it('are texts that the database cannot hold, in the body and in the query', async () => {
    const body = { name: 'nul', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
    for (const text of ['a\u0000b', 'a\ud800b']) {
      const refused = await api.as.user.post('/clusters', JSON.stringify({ ...body, additional_ntp_source: text }));
      expect([refused.status, refused.json['code']]).toEqual([422, 605]);
      expect(refused.json['message']).toContain('additional_ntp_source in body');
    }
    expect((await api.as.user.get('/clusters?ams_subscription_ids=%00')).status).toBe(422);
  });

  it('are ids that could not exist; those of hosts need not be of RFC 4122', async () => {
    const malformed = await api.as.user.get('/clusters/abc');
    expect([malformed.status, malformed.json]).toEqual([422, { code: 601, message: 'cluster_id in path must be of type uuid' }]);
    expect((await api.as.user.get('/clusters/bbf2dead-3746-54cb-b32a-917afd236656')).status).toBe(404);
  });
});

describe('every answer', () => {
  it('carries the request id of the caller if it is fit, and headers that protect', async () => {
    const given = await api.as.user.get('/clusters', { 'X-Request-ID': 'abc-1' });
    expect(given.headers.get('X-Request-ID')).toBe('abc-1');
    expect(given.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(given.headers.get('Cache-Control')).toBe('no-store');
    expect(given.headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
    const unfit = await api.as.nobody.get('/nothing', { 'X-Request-ID': 'a b<c>' });
    expect(unfit.headers.get('X-Request-ID')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('lets pages of allowed origins read it', async () => {
    const allowed = await api.as.user.get('/clusters', { Origin: origin });
    expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    const foreign = await api.as.user.get('/clusters', { Origin: 'https://elsewhere.example.com' });
    expect(foreign.headers.get('Access-Control-Allow-Origin')).toBeNull();
    const preflight = await api.as.nobody.send('OPTIONS', '/clusters', undefined, { Origin: origin, 'Access-Control-Request-Method': 'POST' });
    expect([preflight.status, preflight.headers.get('Access-Control-Max-Age'), preflight.headers.get('Access-Control-Allow-Methods'), preflight.headers.get('Access-Control-Allow-Headers')])
      .toEqual([204, '600', 'DELETE,GET,PATCH,POST,PUT', 'Authorization,Content-Type,Idempotency-Key']);
  });

  it('is counted under the pattern of its path', async () => {
    await api.as.user.get('/clusters/bbf2dead-3746-54cb-b32a-917afd236656');
    const { text } = await api.as.nobody.get('//metrics');
    expect(text).toContain('handler="/api/assisted-install/v1/clusters/{cluster_id}",method="GET",code="404"');
    expect(text).not.toContain('bbf2dead');
  });
});

describe('versions', () => {
  it('lists what can be installed and what is in use', async () => {
    const versions = await api.as.user.get('/openshift_versions');
    expect(versions.json['4.8']).toMatchObject({ release_version: '4.8.14', support_level: 'production', default: true });
    expect(versions.json['4.8']).not.toHaveProperty('rhcos_image_sha256');
    expect((await api.as.user.get('/component_versions')).json).toEqual({ release_tag: 'test', versions: { 'assisted-installer': 'image' } });
  });
});
