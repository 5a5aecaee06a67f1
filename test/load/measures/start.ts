import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';

/** How long `npm start` took to a ready service. Only a stack of the bench's own has that figure. */
export function measureStart(stack: BenchStack): Promise<Measurement[]> {
  if (stack.startSeconds === undefined) return Promise.resolve([]);
  return Promise.resolve([{ name: 'npm start to ready', value: stack.startSeconds, unit: 's', goal: 15, note: 'new data; cold caches add the download or build of the tools' }]);
}
