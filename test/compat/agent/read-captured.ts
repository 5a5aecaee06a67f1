import { createMachine } from '../../../src/agent/machine/create-machine';
import { readInventory } from '../../../src/agent/inventory/read-inventory';

/** Prints what our agent reads of the machine whose files are in a folder: of a captured one by its files alone, of the running one as always. */
async function main(root: string): Promise<void> {
  const running = createMachine({ root: root === '/' ? '' : root, environment: process.env });
  const captured = { ...running, has: () => false, run: async (program: string) => ({ end: 'not-started' as const, reason: `${program} is not of this machine`, stdout: '', stderr: '' }) };
  process.stdout.write(JSON.stringify(await readInventory(root === '/' ? running : captured)));
}

void main(process.argv[2] ?? '/');
