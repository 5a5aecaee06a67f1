const wanted = { autoconnect: 'true', 'autoconnect-priority': '1' } as const;

/**
 * The keyfile with `autoconnect=true` and `autoconnect-priority=1` in its section `connection`, in place of what it said of them: its
 * connection then goes before those that the live system makes up by itself.
 */
export function setAutoconnect(keyfile: string): string {
  let isConnection = false;
  return keyfile
    .split('\n')
    .flatMap((line) => {
      const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
      if (section !== undefined) {
        isConnection = section === 'connection';
        return isConnection ? [line, ...Object.entries(wanted).map(([key, value]) => `${key}=${value}`)] : [line];
      }
      return isConnection && (line.split('=')[0] ?? '').trim() in wanted ? [] : [line];
    })
    .join('\n');
}
