import fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stepTypes, type StepType } from '../../../src/domain/host/step-type';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import { readSteps } from '../../../src/agent/protocol/read-steps';
import type { Step } from '../../../src/agent/protocol/step';
import type { StepAnswer } from '../../../src/agent/protocol/step-answer';
import { StepRunner } from '../../../src/agent/steps/step-runner';
import { FixtureMachine, type MachineTree, type Recorded } from '../fixture-machine';
import { hostId, serverTree } from '../server';
import { agentOptions } from './play';

const machines: FixtureMachine[] = [];
afterEach(() => machines.splice(0).forEach((machine) => machine.remove()));

/** A service that is content with everything: what is refused is refused by the agent. */
let nobody: Server;
let url: string;
beforeAll(async () => {
  nobody = createServer((request, response) => {
    request.resume();
    response.writeHead(200).end('{}');
  });
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
  const address = nobody.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => (nobody.closeAllConnections(), void nobody.close()));

/** Everything the agent may ask a machine for. */
const tools = ['ping', 'arping', 'nmap', 'chronyc', 'podman', 'dhclient', 'udhcpc', 'fio', 'coreos-installer', 'journalctl', 'dmesg', 'findmnt', 'smartctl', 'systemctl', 'sh', 'bash'];

const treeWith = (programs: NonNullable<MachineTree['programs']>): MachineTree => ({ ...serverTree(Buffer.alloc(64 * 1024), Buffer.alloc(64 * 1024)), programs });
const equippedTree = (answer: () => Recorded): MachineTree => treeWith({ ...Object.fromEntries(tools.map((tool) => [tool, answer])), ...serverTree(Buffer.alloc(0), Buffer.alloc(0)).programs });

function machineWith(programs: NonNullable<MachineTree['programs']>): FixtureMachine {
  const machine = new FixtureMachine(treeWith(programs));
  machines.push(machine);
  return machine;
}

/** What the agent would reply: a step that throws is answered with its reason, as the polling does. */
async function carryOut(machine: FixtureMachine, step: Step): Promise<StepAnswer> {
  const client = createAgentClient({ ...agentOptions, url });
  const runner = new StepRunner({ machine, client, fetch, directFetch: fetch, hostId, options: { ...agentOptions, url, dryRun: true }, log: () => undefined, signal: new AbortController().signal });
  const answer = await runner.run(step).catch((error: unknown) => ({ exitCode: 1, output: '', error: error instanceof Error ? error.message : String(error) }));
  return answer ?? { exitCode: -99, output: '', error: 'no answer' };
}

const step = (type: StepType, args: string[]): Step => ({ step_type: type, step_id: `${type}-00000001`, command: 'sh', args });
/** The words of a fault of ours, where a reason for people should be. */
const fault = /is not a function|Cannot read|undefined|not iterable|Unexpected (token|end|non)|\[object/;

/** Each request of the protocol with the same text wherever it takes one. */
const requests: Partial<Record<StepType, (text: string) => string[]>> = {
  'connectivity-check': (text) => [JSON.stringify([{ host_id: text, nics: [{ name: text, mac: text, ip_addresses: [text, `192.168.126.11${text}`] }] }])],
  'free-network-addresses': (text) => [JSON.stringify([text, '192.168.126.0/24'])],
  'dhcp-lease-allocate': (text) => [JSON.stringify({ interface: text, api_vip_mac: text, ingress_vip_mac: text, api_vip_lease: text, ingress_vip_lease: text })],
  'ntp-synchronizer': (text) => [JSON.stringify({ ntp_source: text })],
  'api-vip-connectivity-check': (text) => [JSON.stringify({ url: text, verify_cidr: true })],
  'installation-disk-speed-check': (text) => [JSON.stringify({ path: text })],
  'container-image-availability': (text) => [JSON.stringify({ images: [text, `quay.io/team/image${text}`], timeout: 1 })],
  install: (text) => ['-c', `dd if=/dev/zero of=/dev/${text} bs=512 count=1 ; podman run installer --role worker --boot-device '${text}' --installer-args '["${text}"]'`],
  'reset-installation': (text) => ['-c', `systemctl stop bootkube.service; ${text}`],
  inventory: (text) => ['-c', text],
  execute: (text) => ['logs_sender', '-url', text, '-cluster-id', text],
};
const hostile = ['; rm -rf /', '$(reboot)', '`reboot`', 'a\nreboot', "'; reboot; '", '| reboot', '&& reboot', '--help', '-w1', '-', '..', '/etc/shadow', 'a\0b', '%s%n', '\u2028', '{"a":1}', 'x'.repeat(100_000)];

/** One for all of them: nothing is written in a dry run. */
let shared: FixtureMachine;
beforeAll(() => {
  shared = new FixtureMachine(equippedTree(() => ({})));
});
beforeEach(() => void (shared.calls.length = 0));
afterAll(() => shared.remove());

describe.each(Object.entries(requests))('a step %s', (type, request) => {
  it.each(hostile)('with %j for its texts ends with an answer, and none of it reaches a program', async (text) => {
    const answer = await carryOut(shared, step(type as StepType, request(text)));
    expect(answer.error).not.toMatch(fault);
    const given = shared.calls.flatMap(([, ...args]) => args);
    expect(given.filter((arg) => arg === text || (text.length > 2 && arg.includes(text)))).toEqual([]);
    expect(shared.calls.filter(([program]) => program === 'sh' || program === 'bash')).toEqual([]);
  });

  it.each([[[]], [['']], [['{']], [['[]', '{}', 'null', '7', '"text"']], [['[null]']], [['[{"host_id":"h","nics":"x"}]']], [['[{"host_id":"h","nics":[{"mac":7,"ip_addresses":[5]}]}]']],
    [['{"images":[7]}']], [['{"images":["quay.io/a/b"],"timeout":"soon"}']], [['{"ntp_source":[]}']], [['{"url":7}']], [['{"path":{}}']], [['{"interface":"eno1","api_vip_mac":"00:1a:4a:b5:4d:cc","ingress_vip_mac":"00:1a:4a:83:b1:f7","api_vip_lease":7}']],
    [['['.repeat(200_000)]], [['--role']], [['--role worker --installer-args [']]])('with the arguments %j ends with an answer', async (args) => {
    const answer = await carryOut(shared, step(type as StepType, args));
    expect([answer.error.match(fault), answer.exitCode === 0 || answer.error !== '']).toEqual([null, true]);
  });
});

describe('a machine whose programs print megabytes of nothing', () => {
  const valid: Partial<Record<StepType, string[]>> = {
    inventory: [], 'connectivity-check': ['[{"host_id":"h","nics":[{"mac":"52:54:00:aa:bb:0c","ip_addresses":["192.168.126.11"]}]}]'], 'free-network-addresses': ['["192.168.126.0/24"]'],
    'dhcp-lease-allocate': ['{"interface":"eno1","api_vip_mac":"00:1a:4a:b5:4d:cc","ingress_vip_mac":"00:1a:4a:83:b1:f7"}'], 'ntp-synchronizer': ['{"ntp_source":"10.0.0.1"}'],
    'installation-disk-speed-check': ['{"path":"/dev/nvme0n1"}'], 'container-image-availability': ['{"images":["quay.io/a/b:1"],"timeout":5}'], execute: ['logs_sender'],
  };
  const flood = '{[ 192.168.126.11 \n'.repeat(100_000);

  it.each(Object.entries(valid))('answers %s all the same', async (type, args) => {
    const machine = machineWith(Object.fromEntries([...tools, 'lsblk', 'ip', 'ipmitool', 'biosdevname'].map((tool) => [tool, () => ({ stdout: flood })])));
    const answer = await carryOut(machine, step(type as StepType, args));
    expect([answer.error.match(fault), answer.exitCode === 0 || answer.error !== '', answer.output.length < 500_000]).toEqual([null, true, true]);
  });
});

describe('a machine without any program', () => {
  it.each([
    ['inventory', [], 0, ''],
    ['connectivity-check', ['[{"host_id":"h","nics":[]}]'], 127, 'ping is not installed on this machine'],
    ['free-network-addresses', ['["192.168.126.0/24"]'], 1, 'no interface of this machine is in the network 192.168.126.0/24'],
    ['dhcp-lease-allocate', ['{"interface":"eno1","api_vip_mac":"00:1a:4a:b5:4d:cc","ingress_vip_mac":"00:1a:4a:83:b1:f7"}'], 127, 'neither dhclient nor udhcpc is installed on this machine: it can ask for no lease'],
    ['ntp-synchronizer', ['{"ntp_source":""}'], 127, 'chronyc is not installed on this machine'],
    ['api-vip-connectivity-check', ['{"url":"http://127.0.0.1:1/config/worker"}'], 0, ''],
    ['installation-disk-speed-check', ['{"path":"/dev/vda"}'], 1, 'this machine has no disk /dev/vda; it has no disk at all'],
    ['container-image-availability', ['{"images":["127.0.0.1:1/a/b:1"],"timeout":5}'], 0, ''],
    ['install', ['--role worker --boot-device /dev/vda'], 1, 'this machine has no disk /dev/vda; it has no disk at all'],
    ['execute', ['logs_sender'], 1, expect.stringMatching(/^the logs were not sent: this machine has no logs that can be read: journal.log: journalctl could not be started/)],
    ['reset-installation', [], 0, ''],
  ] satisfies [StepType, string[], number, unknown][])('answers %s clearly', async (type, args, exitCode, error) => {
    const machine = machineWith({});
    const answer = await carryOut(machine, step(type, args));
    expect([answer.exitCode, answer.error]).toEqual([exitCode, error]);
  });
});

describe('whatever comes', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom(...hostile));

  it('a step of any type with any arguments ends with an answer', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...stepTypes), texts, fc.array(texts, { maxLength: 4 }), async (type, command, args) => {
      const answer = await carryOut(shared, { ...step(type, args), command });
      expect([answer.exitCode === 0 || answer.error !== '', shared.calls.some(([program]) => program === 'sh' || program === 'bash')]).toEqual([true, false]);
    }), { numRuns: 60 });
  });

  it('an answer of any form is read or refused, and what is read are steps', () => {
    const shapes = fc.oneof(fc.jsonValue(), fc.record({ next_instruction_seconds: fc.jsonValue(), post_step_action: fc.jsonValue(), instructions: fc.oneof(fc.jsonValue(), fc.array(fc.record({ step_type: fc.oneof(fc.constantFrom<string>(...stepTypes, 'constructor', '__proto__'), fc.jsonValue()), step_id: fc.jsonValue(), command: fc.jsonValue(), args: fc.jsonValue() }))) }));
    fc.assert(fc.property(shapes, (answer) => {
      const steps = readSteps(answer);
      if (!steps) return;
      expect(steps.next_instruction_seconds).toBeGreaterThanOrEqual(0);
      for (const read of steps.instructions) expect([stepTypes.includes(read.step_type), typeof read.step_id, (read.args ?? []).every((arg) => typeof arg === 'string')]).toEqual([true, 'string', true]);
    }));
  });
});
