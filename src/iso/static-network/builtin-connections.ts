import type { ConnectionGenerator } from './connection-generator';
import { readNmstate } from './read-nmstate';
import { renderConnections } from './render-connections';

/** Makes connections without any program: of the part of nmstate that nmstateSchema describes. */
export function createBuiltinConnections(): ConnectionGenerator {
  return { implementation: 'builtin', generate: async (networkYaml) => renderConnections(readNmstate(networkYaml)) };
}
