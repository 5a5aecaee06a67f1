import { expect, it } from 'vitest';
import { gatewayArguments, machineArguments } from './machine-arguments';
import { planMachines } from './machine-plan';

it('machines differ in all that machines are told apart by', () => {
  const plans = planMachines(3);
  for (const key of ['name', 'serial', 'mac', 'diskSerial'] as const) expect(new Set(plans.map((plan) => plan[key])).size).toBe(3);
});

it('a machine starts from its disk first, and from the drive when that does not boot', () => {
  const [plan] = planMachines(1);
  if (!plan) throw new Error('no plan');
  const files = { iso: '/w/a.iso', disk: '/w/a.disk', serialLog: '/w/a.log', uefi: undefined, networkSocket: undefined };
  const args = machineArguments(plan, files).join(' ');
  expect(args).toContain(`virtio-blk-pci,drive=disk,serial=${plan.diskSerial},bootindex=0`);
  expect(args).toContain('ide-cd,drive=iso,bootindex=1');
  expect(args).toContain(`-smbios type=2,serial=${plan.serial}`);
  expect(args).toContain('-netdev user,id=net');
  expect(args).not.toContain('pflash');
  const inNetwork = machineArguments(plan, { ...files, uefi: { code: '/f/code', settings: '/w/vars' }, networkSocket: '/w/a.net' }).join(' ');
  expect(inNetwork).toContain('-netdev stream,server=off,addr.type=unix,addr.path=/w/a.net,id=net');
  expect(inNetwork).toMatch(/readonly=on,file=\/f\/code .*file=\/w\/vars/);
});

it('the way out is plugged into the switch as a machine is', () => {
  const args = gatewayArguments('/w/net');
  expect(args).toContain('user,id=out');
  expect(args).toContain('stream,server=off,addr.type=unix,addr.path=/w/net,id=switch');
});
