import { setTimeout as pause } from 'node:timers/promises';
import { isRecord } from '../../agent/protocol/is-record';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { mergeIgnition } from '../../domain/ignition/merge-ignition';
import { parseIgnition } from '../../domain/ignition/parse-ignition';
import { decodeSource } from './decode-source';

export interface ResolveOptions {
  /** The text at an address whose server one of the authorities (PEM) vouches for. */
  fetchConfig: (url: string, authorities: readonly string[]) => Promise<string>;
  say: (line: string) => void;
  /** Between two tries of one address. */
  pauseMs: number;
}

const deepest = 5;

/** A configuration with all that it refers to laid over it. A server that does not answer yet is asked again and again, as Ignition does. */
export async function resolveConfig(config: IgnitionConfig, options: ResolveOptions, depth = 0): Promise<IgnitionConfig> {
  const addresses = sourcesIn(config.ignition.config?.['merge']);
  if (addresses.length > 0 && depth === deepest) throw new Error(`configurations refer to others more than ${deepest} deep`);
  let resolved = config;
  for (const address of addresses) {
    const child = await resolveConfig(await getConfig(address, authoritiesOf(config), options), options, depth + 1);
    resolved = mergeIgnition(resolved, child);
  }
  return resolved;
}

async function getConfig(address: string, authorities: readonly string[], { fetchConfig, say, pauseMs }: ResolveOptions): Promise<IgnitionConfig> {
  if (address.startsWith('data:')) return parseIgnition(decodeSource({ source: address }).toString());
  for (;;) {
    try {
      const config = parseIgnition(await fetchConfig(address, authorities));
      say(`ignition from ${address}`);
      return config;
    } catch (error) {
      say(`no ignition from ${address} yet: ${error instanceof Error ? error.message : String(error)}`);
      await pause(pauseMs);
    }
  }
}

function authoritiesOf({ ignition }: IgnitionConfig): string[] {
  const security = ignition['security'];
  const tls = isRecord(security) ? security['tls'] : undefined;
  return sourcesIn(isRecord(tls) ? tls['certificateAuthorities'] : undefined).map((source) => decodeSource({ source }).toString());
}

function sourcesIn(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => (isRecord(entry) && typeof entry['source'] === 'string' ? [entry['source']] : []));
}
