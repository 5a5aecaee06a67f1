import { expect, it } from 'vitest';
import { hostIdOf } from '../../../src/agent/protocol/host-id';

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
