/** Requests in a closed loop over kept-alive connections. */
export interface LoadJob {
  /** Scheme, host and port. */
  url: string;
  /** Asked for in turns, by GET. */
  paths: readonly string[];
  /** Sent as X-Secret-Key. */
  token: string;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requests: number;
  /** Answers other than 200, and connections that broke. */
  errors: number;
  p50Ms: number;
  p99Ms: number;
  elapsedSeconds: number;
}

/** A program of its own that makes the load, so that its CPU time is not the bench's. */
export interface Generator {
  name: string;
  run(job: LoadJob): Promise<LoadResult>;
}
