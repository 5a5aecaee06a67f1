import { z } from 'zod';
import type { Faults } from '../../agent/protocol/controller/new-cluster';

const byName = z.record(z.string(), z.string());

function readMap(setting: string): Record<string, string> | undefined {
  try {
    return byName.parse(JSON.parse(setting));
  } catch {
    return undefined;
  }
}

/**
 * The images that collect what is wrong. MUST_GATHER_IMAGE is one image for everything, or JSON with one for the cluster itself (`ocp`) and for
 * operators of the user by their names. An empty list means the image of the release; undefined, that there is nothing to collect.
 */
export function chooseImages(setting: string, { cluster, operators }: Faults): string[] | undefined {
  if (!cluster && operators.length === 0) return undefined;
  const images = readMap(setting);
  if (!images) return setting === '' ? [] : [setting];
  const chosen = [...(cluster ? ['ocp'] : []), ...operators].flatMap((name) => images[name] || []);
  return chosen.length > 0 || cluster ? [...new Set(chosen)] : undefined;
}
