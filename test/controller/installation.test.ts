import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAgentClient } from '../../src/agent/protocol/agent-client';
import { createTransport, type Transport } from '../../src/agent/protocol/transport';
import type { WireCluster } from '../../src/agent/protocol/wire-cluster';
import { describeState } from '../../src/cli/install-test/state-watch';
import { readSettings } from '../../src/controller/settings';
import { startController } from '../../src/controller/start-controller';
import type { StackFile } from '../../src/dev/stack-file';
import { findDataUrlText } from '../../src/domain/ignition/data-url';
import { parseIgnition } from '../../src/domain/ignition/parse-ignition';
import { createFleet } from '../../src/sim/fleet';
import { createIngressCa } from '../../src/sim/ingress-ca';
import { paces } from '../../src/sim/pace';
import type { SimEvent } from '../../src/sim/sim-event';
import { LauncherProcess } from '../dev/launcher-process';
import { FakeKubernetes } from '../support/fake-kubernetes/fake-kubernetes';
import { leadTo } from '../support/fake-kubernetes/lead-to';
import { playKubelet } from '../support/fake-kubernetes/play-kubelet';
import { readBootstrapPki } from '../support/fake-kubernetes/read-bootstrap-pki';
import { findFreePortBase } from '../support/free-port-base';
import { briskPace } from './brisk-pace';

let home: string;
let launcher: LauncherProcess;
let stack: StackFile;
let user: Transport;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'controller-stack-'));
  const data = join(home, 'data');
  launcher = new LauncherProcess(['--ephemeral', '--data', data, '--port-base', String(await findFreePortBase())], { ...process.env, CONTROLLER_MANIFESTS: 'true' });
  stack = await launcher.untilReady(data);
  user = createTransport({ url: stack.api_url, headers: { authorization: `Bearer ${stack.user_token}` } });
}, 480_000);

afterAll(async () => {
  launcher.signal('SIGTERM');
  await launcher.exited;
  rmSync(home, { recursive: true, force: true });
});

/** What the manifests of the installation tell the controller of the new cluster. */
function readControllerEnvironment(bootstrapIgnition: string): Record<string, string> {
  const file = parseIgnition(bootstrapIgnition).storage?.files?.find(({ path }) => /assisted-installer-controller_\d+-secret\.yaml$/.test(path));
  const secret = parse(findDataUrlText(file?.contents?.source ?? '') ?? '') as { stringData: Record<string, string> };
  return secret.stringData;
}

/** What the operators of the new cluster come to, by themselves. */
async function putOperators(api: FakeKubernetes): Promise<string> {
  const ca = await createIngressCa(new Date());
  const available = { conditions: [{ type: 'Available', status: 'True', message: 'All is well' }] };
  api.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'default-ingress-cert', namespace: 'openshift-config-managed' }, data: { 'ca-bundle.crt': ca } });
  api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterOperator', metadata: { name: 'console' }, status: available });
  api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterVersion', metadata: { name: 'version' }, status: available });
  return ca;
}

it('a cluster of the real service is installed by what the controller sees of its Kubernetes API', { timeout: 240_000 }, async () => {
  const signal = AbortSignal.timeout(220_000);
  const { id } = await user.call<WireCluster>('POST', '/clusters', { json: { name: 'real', openshift_version: '4.8', base_dns_domain: 'example.com', vip_dhcp_allocation: false, pull_secret: stack.pull_secret } });
  const getCluster = () => user.call<WireCluster>('GET', `/clusters/${id}`);
  const kubelets: Promise<void>[] = [];
  const events: SimEvent[] = [];
  const observe = (event: SimEvent): void => {
    events.push(event);
    if (event.kind !== 'rebooted') return;
    const machine = fleet.machines.find(({ facts }) => facts.hostId === event.hostId);
    if (machine) kubelets.push(bootkube.then((served) => playKubelet(served, { name: machine.facts.hostname, address: machine.facts.address })));
  };
  const fleet = createFleet({ url: stack.api_url, clusterId: id, token: stack.agent_token, hostCount: 3, pace: paces.minimum, observe, playsController: false });
  const machines = fleet.run(signal);
  machines.catch(() => undefined);
  await expect.poll(async () => (await getCluster()).hosts?.filter((host) => host.inventory).length, { timeout: 60_000 }).toBe(3);
  await user.call('PATCH', `/clusters/${id}`, { json: { api_vip: fleet.network.apiVip, ingress_vip: fleet.network.ingressVip } });
  await expect.poll(async () => (await getCluster()).status, { timeout: 60_000 }).toBe('ready');
  await user.call('POST', `/clusters/${id}/actions/install`);

  const agent = createAgentClient({ url: stack.api_url, clusterId: id, token: stack.agent_token, agentImage: 'agent:1' });
  const startBootkube = async (): Promise<FakeKubernetes> => {
    await expect.poll(async () => (await getCluster()).status, { timeout: 60_000 }).toBe('installing');
    return new FakeKubernetes(readBootstrapPki(await agent.downloadFile('bootstrap.ign')));
  };
  // The bootstrap host serves the API of the new cluster with what its ignition has; machines may restart before.
  const bootkube = startBootkube();
  const api = await bootkube;
  const kubeconfig = join(home, 'kubeconfig');
  try {
    writeFileSync(kubeconfig, leadTo(await agent.downloadFile('kubeconfig-noingress'), await api.open()));
    const ca = await putOperators(api);
    const reported: string[] = [];
    const ended = startController(
      readSettings([], { ...readControllerEnvironment(await agent.downloadFile('bootstrap.ign')), KUBECONFIG: kubeconfig }),
      { observe: (event) => reported.push(event.kind === 'stage' ? `${event.hostId} ${event.stage}` : event.what), readLog: () => reported.join('\n'), pace: briskPace(200), proxies: {} },
      signal,
    );
    const outcome = await ended;
    expect(outcome, `${describeState(await getCluster())}; ${reported.slice(-5).join('; ')}`).toBe('installed');
    await machines;
    await Promise.all(kubelets);

    const cluster = await getCluster();
    expect([cluster.status, ...(cluster.hosts ?? []).map((host) => host.status)]).toEqual(['installed', 'installed', 'installed', 'installed']);
    for (const { facts } of fleet.machines) expect(reported).toContain(`${facts.hostId} Done`);
    // Nothing but the controller speaks for a machine that has restarted.
    expect(events.filter((event) => event.kind === 'stage' && event.stage === 'Done')).toEqual([]);
    const given = await user.text('GET', `/clusters/${id}/downloads/kubeconfig`);
    expect(Buffer.from(/certificate-authority-data: (\S+)/.exec(given)?.[1] ?? '', 'base64').toString()).toContain(ca.trim());
    expect((await user.send('GET', `/clusters/${id}/logs?logs_type=controller`)).status).toBe(200);
  } finally {
    await api.close();
  }
});
