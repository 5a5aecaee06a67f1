import { setTimeout as delay } from 'node:timers/promises';
import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import { treeProportionalBytes, treeResidentBytes } from '../process-stats';

const settleMs = 5_000;
const mega = 1024 ** 2;

/** Memory of the service's processes at rest. */
export async function measureMemory({ file }: BenchStack): Promise<Measurement[]> {
  await delay(settleMs);
  const [api, worker] = [treeResidentBytes(file.pids.api) / mega, treeResidentBytes(file.pids.worker) / mega];
  const proportional = (treeProportionalBytes(file.pids.api) + treeProportionalBytes(file.pids.worker)) / mega;
  return [{ name: 'idle memory, API + worker', value: api + worker, unit: 'MB', goal: 400, note: `resident: API ${api.toFixed(0)}, worker ${worker.toFixed(0)}; with shared pages counted once ${proportional.toFixed(0)}` }];
}
