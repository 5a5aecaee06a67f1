import type { AgentSettings } from '../settings';

/** Images of a release that its hosts need; undefined when the configuration has none for it. */
export function findReleaseImages(agent: AgentSettings, openshiftVersion: string): { mco: string; mustGather: string } | undefined {
  return agent.releaseImages[openshiftVersion] ?? agent.releaseImages['default'];
}
