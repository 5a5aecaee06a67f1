import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('the versions', () => {
  it('leave out one whose base image could not be fetched, as long as it is missing', async () => {
    const listed = async () => Object.keys((await api.as.user.get('/openshift_versions')).json).sort();
    expect(await listed()).toEqual(['4.7', '4.8', '4.9']);
    const missing = api.services.releases['4.9']?.rhcos_version ?? '';
    api.unavailable.add(missing);
    expect(await listed()).toEqual(['4.7', '4.8']);
    api.unavailable.delete(missing);
    expect(await listed()).toEqual(['4.7', '4.8', '4.9']);
  });
});

describe('what the service offers', () => {
  it('are defaults that a registration really gets', async () => {
    const { status, json } = await api.as.user.get('/clusters/default-config');
    expect([status, findViolations('cluster_default_config', json)]).toEqual([200, []]);
    expect(json).toEqual({ cluster_network_cidr: '10.128.0.0/14', cluster_network_host_prefix: 23, service_network_cidr: '172.30.0.0/16', inactive_deletion_hours: 504 });
    const { inactive_deletion_hours: _, ...networks } = json;
    const registered = await api.as.user.post('/clusters', { name: 'test', openshift_version: '4.8', pull_secret: api.pullSecrets.user });
    expect(registered.json).toMatchObject(networks);
  });

  it('are domains with managed records, without the ids of their zones', async () => {
    const { status, list } = await api.as.readOnlyAdmin.get('/domains');
    expect([status, list, findViolations('list-managed-domains', list)]).toEqual([200, [{ domain: 'managed.example.com', provider: 'route53' }], []]);
  });

  it('are operators with their settings', async () => {
    const { status, list } = await api.as.user.get('/supported-operators');
    expect([status, list]).toEqual([200, ['cnv', 'lso', 'ocs']]);
    for (const name of ['cnv', 'lso', 'ocs']) {
      const properties = await api.as.user.get(`/supported-operators/${name}`);
      expect([properties.status, properties.list, findViolations('operator-properties', properties.list)]).toEqual([200, [], []]);
    }
  });

  it.each(['console', 'nothing', '%F0%9F%98%80'])('are no operators that users cannot choose: %s', async (name) => {
    const answer = await api.as.user.get(`/supported-operators/${name}`);
    expect([answer.status, findViolations('error', answer.json)]).toEqual([404, []]);
  });

  it.each(['/clusters/default-config', '/host_requirements', '/domains', '/supported-operators', '/supported-operators/lso'])('cannot be changed: %s', async (path) => {
    const answer = await api.as.user.post(path, {});
    expect([answer.status, findViolations('error', answer.json), answer.headers.get('Allow')]).toEqual([405, [], 'GET']);
    expect((await api.as.nobody.get(path)).status).toBe(401);
  });

  it.each(['PATCH', 'DELETE'])('are not clusters: %s of the defaults', async (method) => {
    const answer = await api.as.user.send(method, '/clusters/default-config');
    expect([answer.status, answer.headers.get('Allow'), findViolations('error', answer.json)]).toEqual([405, 'GET', []]);
  });
});
