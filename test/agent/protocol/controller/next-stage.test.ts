import { describe, expect, it } from 'vitest';
import type { KnownHost } from '../../../../src/agent/protocol/controller/known-host';
import { hasFetchedIgnition, nextStage } from '../../../../src/agent/protocol/controller/next-stage';

const host = (changes: Partial<KnownHost> = {}): KnownHost => ({ id: 'h', name: 'node-1', addresses: ['10.0.0.1', 'fd00::5'], status: 'installing-in-progress', stage: 'Rebooting', ...changes });
const line = (address: string, program = 'Ignition/2.9.0'): string => `Pool worker requested by address:"${address}:33588" User-Agent:"${program}"`;
const node = (ready: boolean, name = 'node-1') => ({ name, addresses: ['10.0.0.1'], ready });

describe('what the new cluster shows of a host', () => {
  it.each([
    ['nothing yet', host(), [], '', undefined],
    ['its request for a configuration', host(), [], line('10.0.0.1'), 'Configuring'],
    ['the same while it waits for ignition', host({ stage: 'Waiting for ignition' }), [], line('[fd00::5]'), 'Configuring'],
    ['the same when it is known already', host({ stage: 'Configuring' }), [], line('10.0.0.1'), undefined],
    ['a node although the logs are lost', host(), [node(false)], '', 'Configuring'],
    ['a node', host({ stage: 'Configuring' }), [node(false)], '', 'Joined'],
    ['the same node', host({ stage: 'Joined' }), [node(false)], '', undefined],
    ['a node that is ready', host({ stage: 'Joined' }), [node(true)], '', 'Done'],
    ['a node of another name at its address', host({ stage: 'Joined' }), [node(true, 'localhost')], '', 'Done'],
    ['another node', host({ stage: 'Joined' }), [{ name: 'node-2', addresses: ['10.0.0.2'], ready: true }], '', undefined],
    ['a node of a host whose installation has ended', host({ status: 'cancelled' }), [node(true)], '', undefined],
  ] as const)('%s', (_what, known, nodes, logs, stage) => {
    expect(nextStage(known, [...nodes], logs)).toBe(stage);
  });

  it('takes no other address and no other program for its own', () => {
    for (const other of [line('10.0.0.12'), line('110.0.0.1'), line('10.0.0.1', 'curl/7.61'), line('[fd00::51]'), line('[fd00::5:1]'), line('[2001:db8:fd00::5]')]) expect(hasFetchedIgnition(host(), other), other).toBe(false);
    expect(hasFetchedIgnition(host(), line('10.0.0.12').replace('Ignition', 'through 10.0.0.1 Ignition'))).toBe(true);
    expect(hasFetchedIgnition(host(), `${line('10.0.0.12')}\n${line('10.0.0.1')}`)).toBe(true);
  });
});
