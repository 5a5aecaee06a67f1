import { RequestFailed } from './request-failed';

/** The service knows of a later stage of the host, or does not take this one yet. */
const refused = 409;

/**
 * Waits for the answer to a stage that is reported of another host. Controller and bootstrap host both speak of it, and either may be
 * quicker: a refusal (409) fails nothing and is not worth a repetition, as the next look tells how far the host is.
 * @returns the refusal, undefined when the stage was taken. Rejects with every other failure.
 */
export async function reportStage(report: Promise<unknown>): Promise<RequestFailed | undefined> {
  try {
    await report;
    return undefined;
  } catch (error) {
    if (error instanceof RequestFailed && error.status === refused) return error;
    throw error;
  }
}
