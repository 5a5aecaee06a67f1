import { expect, it } from 'vitest';
import { findEmulator } from './emulator';

it('says how to get the emulator where it is missing', () => {
  expect(() => findEmulator('bios', '/nowhere')).toThrow('qemu-system-x86_64 is not installed; to get it: apt-get install -y --no-install-recommends qemu-system-x86');
});
