import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/ignition/ignition-config';
import { validateIgnition } from '../../../src/domain/ignition/validate-ignition';
import { getIgnitionJudge } from '../../support/judge-ignition';
import { ignitionCases, laterCases } from './ignition-cases';

let judge: (config: string) => string;
beforeAll(async () => {
  judge = await getIgnitionJudge();
});

const complete = (version: string, content: object): JsonObject => {
  const { ignition, ...rest } = content as { ignition?: object };
  return { ignition: { version, ...ignition }, ...rest };
};

describe('a configuration is judged as Ignition itself judges it', () => {
  it.each([...ignitionCases.map(([what, content]) => [what, '3.1.0', content] as const), ...[...ignitionCases, ...laterCases].map(([what, content]) => [what, '3.2.0', content] as const)])('with %s, in version %s', (_what, version, content) => {
    const config = complete(version, content);
    const verdict = judge(JSON.stringify(config));
    expect(validateIgnition(config), verdict).toEqual(/exit code/.test(verdict) ? [expect.any(String), ...validateIgnition(config).slice(1)] : []);
  });
});
