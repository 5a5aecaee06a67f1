/** Order of two versions such as `4.8`, `4.8.0-fc.4`, `4.10.3` by the rules of semantic versioning; missing parts count as 0. */
export function compareVersions(a: string, b: string): number {
  const first = parse(a);
  const second = parse(b);
  for (let index = 0; index < 3; index += 1) {
    const difference = (first.release[index] ?? 0) - (second.release[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePreRelease(first.preRelease, second.preRelease);
}

function parse(version: string): { release: number[]; preRelease: string[] } {
  const [withoutBuild = ''] = version.split('+');
  const dash = withoutBuild.indexOf('-');
  const release = (dash < 0 ? withoutBuild : withoutBuild.slice(0, dash)).split('.').map((part) => Number.parseInt(part, 10) || 0);
  return { release, preRelease: dash < 0 ? [] : withoutBuild.slice(dash + 1).split('.') };
}

function comparePreRelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return (a.length === 0 ? 1 : 0) - (b.length === 0 ? 1 : 0);
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [x, y] = [a[index], b[index]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x === y) continue;
    const numeric = [/^\d+$/.test(x), /^\d+$/.test(y)] as const;
    if (numeric[0] && numeric[1]) return Number(x) - Number(y);
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}
