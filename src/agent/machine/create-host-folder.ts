import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from './machine';

export interface HostFolder {
  /** For this process. */
  path: string;
  /** The same folder for programs of the machine. */
  hostPath: string;
}

/** A new folder that only root reads and the machine's own programs see, also those of an agent in a container: there in memory. Its maker removes it. */
export async function createHostFolder({ root, hostRoot }: Machine): Promise<HostFolder> {
  const [from, parent] = hostRoot === root ? ['', tmpdir()] : [hostRoot, '/run'];
  const path = await mkdtemp(join(from, parent, 'agent-'));
  return { path, hostPath: path.slice(from.length) };
}
