import { TestWorkflowEnvironment } from '@temporalio/testing';
import { devSettings } from '../../src/dev/settings';
import { getPart } from './parts';
import { startPatiently } from './start-patiently';

/** Values of temporal.api.enums.v1.IndexedValueType. */
const indexedValueTypes = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

/** A server of its own whose time skips while a test waits for a result; the caller tears it down. */
export async function createTimeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const { executable } = await getPart('timeSkipping');
  const environment = await startPatiently(() =>
    TestWorkflowEnvironment.createTimeSkipping(executable ? { server: { executable: { type: 'existing-path', path: executable } } } : {}));
  const searchAttributes = Object.fromEntries(
    Object.entries(devSettings.temporal.searchAttributes).map(([name, type]) => [name, indexedValueTypes[type]]),
  );
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? devSettings.temporal.namespace,
    searchAttributes,
  });
  return environment;
}
