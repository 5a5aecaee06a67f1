import { StoreError } from '../../store/store-error';
import { Unavailable } from '../errors';

/** Runs calls of the object store; one that it does not answer is worth another try of the user. */
export async function withStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw new Unavailable('The file storage does not answer; try again.', 5, { cause: error });
    throw error;
  }
}
