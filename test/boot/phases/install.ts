import { createHash } from 'node:crypto';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import type { WireCluster } from '../../../src/agent/protocol/wire-cluster';
import { expectThat } from '../../../src/cli/install-test/expect-that';
import { rootFile } from '../../../src/domain/ignition/root-file';
import type { BootRun } from '../boot-run';
import { startControlPlane, type ControlPlane } from '../control-plane';
import { startController } from '../controller-process';
import { startMachineConfigServer } from '../machine-config-server';
import { machineNetwork } from '../machine-plan';
import type { BootedMachine, Discovered } from './discover';
import { baseDomain, clusterName } from './image';

/**
 * What the user lays over the ignition of the hosts: names, in the place of a DNS that the machines do not have; and for a single node,
 * whose ignition refers to no server of configurations, such a server.
 */
export function renderHostOverride(configPort: number | undefined): string {
  const hosts = `127.0.0.1 localhost\n${machineNetwork.host} api-int.${clusterName}.${baseDomain}\n`;
  const config = configPort === undefined ? {} : { config: { merge: [{ source: `http://${machineNetwork.host}:${configPort}/config/master` }] } };
  return JSON.stringify({ ignition: { version: '3.1.0', ...config }, storage: { files: [rootFile('/etc/hosts', 0o644, hosts)] } });
}

/** Installs: the machines write their disks and restart from them; from there on nobody but they and the controller say how far it is. */
export async function installPhase(run: BootRun, cluster: WireCluster, { watch, booted }: Discovered): Promise<void> {
  const { api, checks, options, signal, stack } = run;
  checks.startGroup('install');
  const { id } = cluster;
  const onConfigRequest = (path: string): void => run.say(`a machine asks for ${path}`);
  const configServer = options.machines === 1 ? await startMachineConfigServer({ tls: undefined, onRequest: onConfigRequest }) : undefined;
  if (configServer) run.cleanUps.push(configServer.close);
  const hosts = `/clusters/${id}/hosts`;
  await checks.check('start the installation', async () => {
    for (const { hostId } of booted) await api.http.call('PATCH', `${hosts}/${hostId}/ignition`, { json: { config: renderHostOverride(configServer?.port) }, signal });
    await api.install(id);
    await watch.waitFor(({ status }) => status === 'installing');
  });
  const agent = createAgentClient({ url: stack.api_url, clusterId: id, token: stack.agent_token, agentImage: 'boot-test:1' });
  const controlPlane = await checks.check('the control plane of the new cluster and its controller are there', async () => {
    const [bootstrap, kubeconfig] = [await agent.downloadFile('bootstrap.ign', signal), await agent.downloadFile('kubeconfig-noingress', signal)];
    const started = await startControlPlane({ bootstrap, kubeconfig, configServer, onConfigRequest });
    run.cleanUps.push(started.close);
    const controller = await startController(cluster, options.machines === 1, stack, started.kubeconfig, run);
    run.cleanUps.push(controller.stop);
    return started;
  });
  await checks.check('a machine that has written its disk restarts, and is no node before', () => untilRestarted({ watch, booted }, controlPlane));
  await checks.check('every machine has booted from its disk, with the ignition of its host', async () => {
    await watch.waitFor(() => booted.every(({ machine }) => machine.readSerial().hostname === machine.name));
    for (const { machine, hostId } of booted) {
      const { boots, ignitionSha256 } = machine.readSerial();
      const expected = createHash('sha256').update(await agent.downloadHostIgnition(hostId, signal)).digest('hex');
      expectThat(boots === 2, `${machine.name} has booted ${boots} times`);
      expectThat(ignitionSha256 === expected, `${machine.name} booted with another ignition than its host's (sha256 ${String(ignitionSha256)}, not ${expected})`);
    }
  });
  await checks.check('the cluster is installed', () => watch.waitFor(({ status }) => status === 'installed'));
  await checks.check('the nodes are the machines, under the names of their hosts, each reported in order', async () => {
    const names = controlPlane.nodes().filter(({ ready }) => ready).map(({ name }) => name).sort();
    const expected = booted.map(({ machine }) => machine.name).sort();
    expectThat(names.join() === expected.join(), `the nodes that are ready are ${names.join()}, not ${expected.join()}`);
    for (const { machine, hostId } of booted) {
      const stages = watch.stages.get(hostId) ?? [];
      expectThat(stages.at(-1) === 'Done' && stages.includes('Writing image to disk') && stages.includes('Rebooting'), `${machine.name} went through ${stages.join(', ')}`);
    }
  });
}

/** Until the first machine restarts there is no node; afterwards none but those of machines whose second system has named itself. */
async function untilRestarted({ watch, booted }: Discovered, controlPlane: ControlPlane): Promise<void> {
  const restarted = ({ machine }: BootedMachine): boolean => machine.readSerial().boots > 1;
  await watch.waitFor(() => {
    const early = controlPlane.nodes().filter(({ name }) => !booted.some((candidate) => candidate.machine.name === name && restarted(candidate)));
    expectThat(early.length === 0, `${early.map(({ name }) => name).join()} joined before the machine had restarted`);
    return booted.every(restarted);
  });
}
