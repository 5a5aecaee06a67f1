import { randomInt } from 'node:crypto';
import { checkPorts, listPorts } from '../../src/dev/ports';

/** The first of eight free ports in a row, for a whole stack; below the range the kernel gives to clients. */
export async function findFreePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = randomInt(10_000, 32_000);
    if (
      await checkPorts(listPorts(base)).then(
        () => true,
        () => false,
      )
    )
      return base;
  }
  throw new Error('no eight free ports in a row');
}
