/** How fast simulated machines live. Milliseconds, except the divisor. */
export interface Pace {
  /** What the service says to wait until the next poll is divided by this. */
  pollDivisor: number;
  shortestPollMs: number;
  /** Length of a stage of the installation that has no work of its own. */
  stageMs: number;
  /** Writing five percent of the image. */
  imageStepMs: number;
  /** Between two looks of the bootstrap host and of the controller at the cluster. */
  watchMs: number;
}

export const paces = {
  /** An installation in about ten seconds whose every state can be watched. */
  brisk: { pollDivisor: 60, shortestPollMs: 200, stageMs: 250, imageStepMs: 40, watchMs: 500 },
  /** As brisk, for many clusters at a time: their machines work as fast but look at each other less often, or these looks would be most of the load. */
  steady: { pollDivisor: 60, shortestPollMs: 200, stageMs: 250, imageStepMs: 40, watchMs: 1_000 },
  /** As fast as the service answers. */
  minimum: { pollDivisor: 600, shortestPollMs: 50, stageMs: 0, imageStepMs: 0, watchMs: 100 },
} as const satisfies Record<string, Pace>;

/** How long to wait before the next poll, in milliseconds, from the seconds the service asked for. */
export function pollWaitMs(seconds: number, pace: Pace): number {
  return Math.max(pace.shortestPollMs, (seconds * 1000) / pace.pollDivisor);
}
