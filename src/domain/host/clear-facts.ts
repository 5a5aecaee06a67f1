import type { HostFacts } from './facts';

/** What is still true of a machine that starts over: passed disk and image checks and addresses stay, the rest is reported anew. */
export function clearFacts(facts: HostFacts): HostFacts {
  const { inventory: _inventory, ntpSources: _ntpSources, ...kept } = facts;
  return kept;
}
