import { createAmsClient } from '../../src/ams/ams-client';
import type { AmsClient } from '../../src/ams/ams-types';
import { serviceAccount, type TestStandin } from '../ams-standin/test-standin';

/** The service's own client of a stand-in, as its service account. */
export function createTestAmsClient(standin: TestStandin, timeoutMs: number): AmsClient {
  return createAmsClient({
    baseUrl: standin.url,
    tokenUrl: standin.tokenUrl,
    clientId: serviceAccount.client_id,
    clientSecret: serviceAccount.client_secret,
    timeoutMs,
  });
}
