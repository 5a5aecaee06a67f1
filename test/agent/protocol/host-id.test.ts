import { expect, it } from 'vitest';
import { readHostId } from '../../../src/agent/machine/read-host-id';
import { hostIdOf } from '../../../src/agent/protocol/host-id';
import { FixtureMachine } from '../fixture-machine';

it('is the MD5 of the serial number in the form of a UUID', () => {
  expect(hostIdOf('ABC123')).toBe('bbf2dead-3746-54cb-b32a-917afd236656');
});

it('is the system UUID in lower case when the serial number says nothing', () => {
  const uuid = '4C4C4544-0056-4410-8035-B7C04F4A5A32';
  for (const serial of ['', 'unknown', 'None']) expect(hostIdOf(serial, uuid)).toBe(uuid.toLowerCase());
  expect(hostIdOf('Unknown', uuid)).not.toBe(uuid.toLowerCase());
});

it('is the zero UUID when there is neither', () => {
  expect(hostIdOf('')).toBe('00000000-0000-0000-0000-000000000000');
});

it.each([
  [{ board_serial: 'ABC123\n', product_uuid: '4C4C4544-0051-3010-8053-B7C04F4E3732\n' }, 'bbf2dead-3746-54cb-b32a-917afd236656'],
  [{ board_serial: '\n', product_uuid: '4C4C4544-0051-3010-8053-B7C04F4E3732\n' }, '4c4c4544-0051-3010-8053-b7c04f4e3732'],
  [{ board_serial: 'None\n', product_uuid: '4C4C4544-0051-3010-8053-B7C04F4E3732\n' }, '4c4c4544-0051-3010-8053-b7c04f4e3732'],
  [{ board_serial: 'unknown\n', product_uuid: '4C4C4544-0051-3010-8053-B7C04F4E3732\n' }, '4c4c4544-0051-3010-8053-b7c04f4e3732'],
  [{ product_uuid: '4C4C4544-0051-3010-8053-B7C04F4E3732' }, '4c4c4544-0051-3010-8053-b7c04f4e3732'],
  [{}, '00000000-0000-0000-0000-000000000000'],
])('of a machine whose firmware tells %j is %s', async (dmi, id) => {
  const machine = new FixtureMachine({ files: Object.fromEntries(Object.entries(dmi).map(([name, text]) => [`/sys/class/dmi/id/${name}`, text])) });
  try {
    expect(await readHostId(machine)).toBe(id);
  } finally {
    machine.remove();
  }
});
