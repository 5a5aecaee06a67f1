import { inject } from 'vitest';
import type { DevIdentities, DevUser } from '../../src/dev/identities';

declare module 'vitest' {
  export interface ProvidedContext {
    testStackUrl: string;
  }
}

/** Those of a development stack, and a second user of the first one's organisation. */
export interface TestIdentities extends DevIdentities {
  users: DevIdentities['users'] & { colleague: DevUser };
}

/** The real parts a test can ask for; all tests of a run share them. */
export interface TestParts {
  /** `url` names the maintenance database; tests take their own from createDatabase. */
  postgres: { url: string };
  temporal: { address: string; uiUrl: string; namespace: string };
  /** The Temporal CLI, for TestWorkflowEnvironment.createLocal. */
  temporalCli: { executable: string };
  /** The time-skipping server; null when the SDK downloads its own. */
  timeSkipping: { executable: string | null };
  /** Ignition's own validator of configurations. */
  ignitionValidate: { executable: string };
  s3: { url: string; region: string; accessKey: string; secretKey: string };
  /** An independent server of AWS's interfaces, or why there is none on this machine. */
  moto: { url: string } | { missing: string };
  ams: { url: string; tokenUrl: string; jwksUrl: string; identities: TestIdentities };
}

/** A real part of the test run, started when the first test asks for it. */
export async function getPart<Name extends keyof TestParts>(name: Name): Promise<TestParts[Name]> {
  const response = await fetch(`${inject('testStackUrl')}/${name}`);
  if (!response.ok) throw new Error(`test stack: ${await response.text()}`);
  return (await response.json()) as TestParts[Name];
}
