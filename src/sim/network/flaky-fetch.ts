/** Rates between 0 and 1. */
export interface Flakiness {
  /** Requests that never arrive. */
  lostRequests: number;
  /** Requests that arrive while their answer does not: what they asked for has happened. */
  lostAnswers: number;
}

/** A fetch over a network that loses some of what is sent; `random` draws from 0 to 1. */
export function createFlakyFetch({ lostRequests, lostAnswers }: Flakiness, doFetch: typeof fetch, random: () => number = Math.random): typeof fetch {
  return async (input, init) => {
    if (random() < lostRequests) throw new TypeError('the request was lost');
    const answer = await doFetch(input, init);
    if (random() >= lostAnswers) return answer;
    await answer.arrayBuffer();
    throw new TypeError('the answer was lost');
  };
}
