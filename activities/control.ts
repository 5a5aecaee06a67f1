/** What a long activity is given by its runtime: when to stop, and how to say that it still works. */
export interface ActivityControl {
  signal: AbortSignal;
  heartbeat(progress?: string): void;
}
