/** Whether a version such as `4.8.2` or `4.8.0-rc.1` is of this minor release or a later one. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor, ownMinor] = numbersOf(version);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** `4.8` of `4.8.2`. */
export function minorRelease(version: string): string {
  return numbersOf(version).join('.');
}

function numbersOf(version: string): [number, number] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return [major, minor];
}
