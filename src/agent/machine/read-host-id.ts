import { hostIdOf } from '../protocol/host-id';
import type { Machine } from './machine';
import { readText } from './read';

const dmi = '/sys/class/dmi/id';

/**
 * The id of the host this machine is: from its motherboard's serial number as the firmware tells it, else from the
 * system's UUID, else the zero UUID.
 */
export async function readHostId(machine: Machine): Promise<string> {
  return hostIdOf(await readText(machine, `${dmi}/board_serial`), await readText(machine, `${dmi}/product_uuid`));
}
