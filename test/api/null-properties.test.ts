import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
beforeAll(async () => { api = await startTestApi(); });
afterAll(() => api.close());

describe('a property that is null, as generated clients send what they leave out', () => {
  it('counts as not given: a default where there is one, no change in a change', async () => {
    const created = await api.as.user.post('/clusters', {
      name: 'nulls', openshift_version: '4.8', pull_secret: api.pullSecrets.user, olm_operators: null, base_dns_domain: null, vip_dhcp_allocation: null, cluster_network_cidr: null, additional_ntp_source: null,
    });
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ vip_dhcp_allocation: true, cluster_network_cidr: '10.128.0.0/14' });
    const path = `/clusters/${String(created.json['id'])}`;
    await api.as.user.patch(path, { base_dns_domain: 'example.com', olm_operators: [{ name: 'lso', properties: null }] });
    const changed = await api.as.user.patch(path, {
      name: 'renamed', base_dns_domain: null, pull_secret: null, olm_operators: null, hosts_roles: null, hosts_names: null, hosts_machine_config_pool_names: null, disks_selected_config: null,
    });
    expect(changed.status).toBe(201);
    expect(changed.json).toMatchObject({ name: 'renamed', base_dns_domain: 'example.com', pull_secret_set: true });
    expect((changed.json['monitored_operators'] as { name: string }[]).map(({ name }) => name)).toContain('lso');
    expect((await api.as.user.post(`${path}/downloads/image`, { static_network_config: null, ssh_public_key: null, image_type: null })).status).toBe(201);
  });

  it('is missing where it is required, and a wrong entry of a list', async () => {
    expect(await api.as.user.post('/clusters', { name: null, openshift_version: '4.8', pull_secret: api.pullSecrets.user })).toMatchObject({ status: 422, json: { code: 602 } });
    expect(await api.as.user.post('/clusters', { name: 'nulls', openshift_version: '4.8', pull_secret: api.pullSecrets.user, olm_operators: [null] })).toMatchObject({ status: 422, json: { code: 601 } });
  });
});
