import type { Refusal } from '../refusal';
import { compareVersions } from './compare-versions';

export interface ResolvedVersion<V> {
  /** `major.minor`. */
  key: string;
  version: V;
}

/** `major.minor` of a version, undefined when it has another form. */
export function majorMinor(version: string): string | undefined {
  const match = /^(\d+)\.(\d+)(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?$/.exec(version);
  return match === null ? undefined : `${match[1]}.${match[2]}`;
}

/** Finds the supported version of the requested one's `major.minor`; Invalid with the list of the supported ones when there is none. */
export function resolveVersion<V>(versions: Readonly<Record<string, V>>, requested: string): ResolvedVersion<V> | Refusal {
  const key = majorMinor(requested);
  const version = key !== undefined && Object.hasOwn(versions, key) ? versions[key] : undefined;
  if (key !== undefined && version !== undefined) return { key, version };
  const supported = Object.keys(versions).sort(compareVersions).join(', ');
  return { type: 'Invalid', reason: `OpenShift version "${requested}" is not supported; supported are ${supported}` };
}
