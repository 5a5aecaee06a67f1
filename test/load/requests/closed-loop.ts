/** What a run of requests took. Latencies in milliseconds, ascending. */
export interface LoopResult {
  requests: number;
  errors: number;
  latencies: number[];
  elapsedSeconds: number;
}

/** Sends a request as soon as the one before was answered, on so many connections, for so long. The index counts all requests. */
export async function runClosedLoop(connections: number, seconds: number, send: (index: number) => Promise<unknown>): Promise<LoopResult> {
  const latencies: number[] = [];
  let sent = 0;
  let errors = 0;
  const started = performance.now();
  const loop = async (): Promise<void> => {
    while (performance.now() - started < seconds * 1_000) {
      const sentAt = performance.now();
      await send(sent++).catch(() => (errors += 1));
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return { requests: latencies.length, errors, latencies: latencies.sort((a, b) => a - b), elapsedSeconds: (performance.now() - started) / 1_000 };
}

/** The latency that a share (0 to 1) of the requests stays within. */
export function percentile({ latencies }: Pick<LoopResult, 'latencies'>, share: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
}
