import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/cli/install-test/options';
import { expectedStages } from '../../../src/cli/install-test/phases/install';
import { shapeOf } from '../../../src/cli/install-test/phases/register';

const shape = (...argv: string[]): Record<string, unknown> => {
  const options = parseOptions(argv);
  if (options === 'help') throw new Error('help');
  return shapeOf(options);
};

describe('the registration of a kind of cluster', () => {
  it.each([
    [[], { vip_dhcp_allocation: false }],
    [['--network', 'dhcp'], {}],
    [['--network', 'user-managed'], { user_managed_networking: true, vip_dhcp_allocation: false }],
    [['--single-node'], { high_availability_mode: 'None' }],
    [['--operators', 'lso,cnv'], { vip_dhcp_allocation: false, olm_operators: [{ name: 'lso' }, { name: 'cnv' }] }],
  ])('%j', (argv, body) => {
    expect(shape(...argv)).toEqual(body);
  });
});

it('a single node serves bootkube before it writes its disk', () => {
  const host = { id: 'h', href: '', status: 'installed', status_info: '', role: 'master', bootstrap: true } as const;
  expect(expectedStages(host, true).slice(1, 5)).toEqual(['Installing', 'Waiting for bootkube', 'Writing image to disk', 'Rebooting']);
  expect(expectedStages(host, false)).toContain('Waiting for controller');
});
