/** What a time that was never set looks like in answers. */
export const unsetTime = '0001-01-01T00:00:00.000Z';
/** What the times of an installation look like before the first one. */
export const beforeFirstInstallation = '2000-01-01T00:00:00.000Z';

/** RFC 3339 with milliseconds, in UTC. */
export const formatTime = (time: Date | null, unset = unsetTime): string => (time === null ? unset : time.toISOString());

type NonEmpty<T> = { [K in keyof T]?: Exclude<T[K], '' | 0 | false | null | undefined> };

/** Leaves out what answers do not show: empty strings, 0, false and null. */
export function omitEmpty<T extends object>(values: T): NonEmpty<T> {
  const kept: NonEmpty<T> = {};
  for (const key in values) {
    const value = values[key];
    if (value) kept[key] = value as Exclude<T[typeof key], '' | 0 | false | null | undefined>;
  }
  return kept;
}

export const basePath = '/api/assisted-install/v1';
export const clusterHref = (clusterId: string): string => `${basePath}/clusters/${clusterId}`;
export const hostHref = (clusterId: string, hostId: string): string => `${basePath}/clusters/${clusterId}/hosts/${hostId}`;
