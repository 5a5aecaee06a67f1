import { parseArgs } from 'node:util';
import { UsageError } from '../../src/cli/install-test/usage-error';

export interface BootTestOptions {
  machines: 1 | 3;
  firmware: 'bios' | 'uefi';
  imageType: 'full-iso' | 'minimal-iso';
  /** One more machine boots by UEFI, until it is registered. */
  alsoUefi: boolean;
  /** Ends once every machine is known, before anything is installed. */
  onlyDiscovery: boolean;
  /** Where serial logs and the other logs of the run go. */
  artefacts: string | undefined;
  junit: string | undefined;
  timeoutMs: number;
}

export const usage = `test:boot: installs a cluster of virtual machines, from the boot of the discovery image to the cluster that is installed

  --machines N        3 (default), or 1 for a cluster of a single node
  --firmware KIND     bios (default) or uefi
  --image-type KIND   full-iso (default), or minimal-iso, whose root file system comes over the network
  --also-uefi         boots one more machine by UEFI, until it is registered
  --only-discovery    ends once every machine is known to the service; nothing is installed
  --artefacts DIR     where the serial logs of the machines and the other logs go (default: a temporary directory, whose name is printed)
  --junit FILE        writes the results as JUnit XML too
  --timeout MINUTES   for the whole test (default 45)

Exit codes: 0 all passed, 1 something failed, 2 wrong use.
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Options from the command line, or 'help'. Throws UsageError. */
export function parseOptions(argv: readonly string[]): BootTestOptions | 'help' {
  const values = parse(argv);
  if (values.help) return 'help';
  const { machines = '3', firmware = 'bios', 'image-type': imageType = 'full-iso', timeout = '45' } = values;
  if (machines !== '1' && machines !== '3') throw new UsageError(`--machines ${machines}: expected 1 or 3`);
  if (firmware !== 'bios' && firmware !== 'uefi') throw new UsageError(`--firmware ${firmware}: expected bios or uefi`);
  if (imageType !== 'full-iso' && imageType !== 'minimal-iso') throw new UsageError(`--image-type ${imageType}: expected full-iso or minimal-iso`);
  const minutes = Number(timeout);
  if (!(minutes >= 1)) throw new UsageError(`--timeout ${timeout}: expected a number of minutes`);
  return {
    machines: machines === '1' ? 1 : 3,
    firmware,
    imageType,
    alsoUefi: values['also-uefi'] ?? false,
    onlyDiscovery: values['only-discovery'] ?? false,
    artefacts: values.artefacts,
    junit: values.junit,
    timeoutMs: minutes * 60_000,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { machines: text, firmware: text, 'image-type': text, 'also-uefi': flag, 'only-discovery': flag, artefacts: text, junit: text, timeout: text, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
