import { Unavailable } from '../../services/errors';

/** Gives up waiting after `seconds`; the work itself goes on and may still take effect. */
export async function withTimeLimit<T>(work: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Unavailable(`The request was not finished within ${seconds} seconds.`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
