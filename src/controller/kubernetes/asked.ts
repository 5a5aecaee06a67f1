import { ApiException } from '@kubernetes/client-node';

/** The API of the new cluster refused, or did not answer. The message names no content: objects may hold secrets. */
export class KubernetesFailed extends Error {
  override readonly name = 'KubernetesFailed';

  constructor(
    readonly code: number,
    what: string,
    cause: unknown,
  ) {
    super(`${what}: ${code === 0 ? `no answer (${cause instanceof Error ? cause.message : String(cause)})` : String(code)}`, { cause });
  }
}

/** Makes a request to the cluster's API; what fails becomes a KubernetesFailed (code 0 when no answer came). */
export async function asked<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw new KubernetesFailed(error instanceof ApiException ? error.code : 0, what, error);
  }
}

/** The same for an object that need not be there: undefined when it, or its kind, is unknown. */
export async function askedIfThere<T>(what: string, request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked(what, request);
  } catch (error) {
    if (error instanceof KubernetesFailed && error.code === 404) return undefined;
    throw error;
  }
}
