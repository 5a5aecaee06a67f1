import { expect, it } from 'vitest';
import { parseOptions } from './options';

it('three machines by BIOS unless it is said otherwise', () => {
  expect(parseOptions([])).toEqual({ machines: 3, firmware: 'bios', imageType: 'full-iso', alsoUefi: false, onlyDiscovery: false, artefacts: undefined, junit: undefined, timeoutMs: 2_700_000 });
  expect(parseOptions(['--machines', '1', '--firmware', 'uefi', '--image-type', 'minimal-iso', '--also-uefi', '--only-discovery', '--artefacts', 'logs', '--junit', 'a.xml', '--timeout', '5']))
    .toEqual({ machines: 1, firmware: 'uefi', imageType: 'minimal-iso', alsoUefi: true, onlyDiscovery: true, artefacts: 'logs', junit: 'a.xml', timeoutMs: 300_000 });
  expect(parseOptions(['--help'])).toBe('help');
});

it.each([
  [['--machines', '2'], '--machines 2: expected 1 or 3'],
  [['--firmware', 'coreboot'], '--firmware coreboot: expected bios or uefi'],
  [['--image-type', 'pxe'], '--image-type pxe: expected full-iso or minimal-iso'],
  [['--timeout', 'soon'], '--timeout soon: expected a number of minutes'],
  [['--nodes', '3'], 'Unknown option'],
])('%s is refused', (argv, message) => {
  expect(() => parseOptions(argv)).toThrow(message);
});
