import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAgentClient } from '../../src/agent/protocol/agent-client';
import { agentRetryRules } from '../../src/agent/protocol/retry-rules';
import { runAgent } from '../../src/agent/run-agent';
import { startTestApi, type TestApi } from '../api/test-api';
import { FixtureMachine } from './fixture-machine';
import { hostId, serverTree } from './server';
import { agentOptions } from './steps/play';
import { eventually } from '../support/eventually';

let api: TestApi;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  api = await startTestApi();
});
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));
afterAll(() => api?.close());

/** The agent on the rack server, against the service's REST API. */
function startAgent(clusterId: string, token: string) {
  const machine = new FixtureMachine(serverTree());
  const stop = new AbortController();
  const lines: string[] = [];
  const options = { ...agentOptions, url: 'http://service.example', clusterId, token };
  const client = createAgentClient({ ...options, fetch: async (input, init) => api.app.request(input instanceof Request ? input.url : String(input), init) });
  const done = runAgent({ options, machine, client, fetch, directFetch: fetch, rules: agentRetryRules, toMs: (seconds) => seconds / 2, log: (line) => lines.push(line) }, stop.signal).catch(() => undefined);
  ends.push(async () => {
    stop.abort(new Error('the test is over'));
    await done;
    machine.remove();
  });
  return lines;
}

async function registerCluster(name: string): Promise<string> {
  return String((await api.as.user.post('/clusters', { name, openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
}

const asleep = (lines: readonly string[]): string | undefined => lines.find((line) => line.startsWith('sleeps until the machine is restarted'));

describe('the agent and the service', () => {
  it('a machine becomes a host with its disks, addresses and hostname, and sleeps once its cluster is gone', async () => {
    const id = await registerCluster('agent');
    const lines = startAgent(id, api.tokens.agent_token);
    await eventually(async () => {
      await api.messenger.refresh(id);
      const { json } = await api.as.user.get(`/clusters/${id}/hosts/${hostId}`);
      expect(json).toMatchObject({ status: 'insufficient', requested_hostname: 'server-1', discovery_agent_version: 'v1' });
      const inventory = JSON.parse(String(json['inventory'])) as { disks: { name: string; installation_eligibility: { eligible: boolean; not_eligible_reasons: string[] } }[] };
      // Its own reasons stay, those of the service are added.
      expect(inventory.disks.find(({ name }) => name === 'sr0')?.installation_eligibility.not_eligible_reasons).toEqual(expect.arrayContaining(['Disk is an installation media']));
      expect(inventory.disks.find(({ name }) => name === 'sda')?.installation_eligibility.not_eligible_reasons).toEqual([expect.stringContaining('Too small')]);
    });
    expect((await api.as.user.delete(`/clusters/${id}`)).status).toBe(204);
    await eventually(() => expect(asleep(lines)).toContain('404'));
  });

  it('a machine with a wrong token sleeps at once', async () => {
    const lines = startAgent(await registerCluster('agent-refused'), 'bm8gdG9rZW4=');
    await eventually(() => expect(asleep(lines)).toContain('401'));
  });
});
