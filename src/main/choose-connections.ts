import { ConfigurationError } from '../config/load';
import type { Settings } from '../config/schema';
import { createBuiltinConnections } from '../iso/static-network/builtin-connections';
import type { ConnectionGenerator } from '../iso/static-network/connection-generator';
import { createNmstatectlConnections } from '../iso/static-network/nmstatectl-connections';
import { findProgram } from '../programs/find-program';
import { programEnvironment } from './program-environment';
import { runProgram } from '../programs/run-program';

/**
 * What makes the connections of static networks: nmstatectl where it is present, the built-in generator otherwise. NMSTATECTL names another
 * program, which must be there, or `builtin`. Throws ConfigurationError.
 */
export function chooseConnections({ NMSTATECTL: wanted, PATH: path }: Pick<Settings, 'NMSTATECTL' | 'PATH'>): ConnectionGenerator {
  if (wanted === 'builtin') return createBuiltinConnections();
  const program = findProgram(wanted ?? 'nmstatectl', path);
  if (program !== undefined) return createNmstatectlConnections(program, runProgram, programEnvironment({ PATH: path }));
  if (wanted === undefined) return createBuiltinConnections();
  throw new ConfigurationError([`NMSTATECTL (is ${JSON.stringify(wanted)}): must be a program that can be executed, or builtin`]);
}
