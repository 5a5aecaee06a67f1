/** Flags of the disk installer a user may set; true = a value follows. */
const allowedFlags: Record<string, boolean> = {
  '--append-karg': true, '--delete-karg': true, '-n': false, '--copy-network': false, '--network-dir': true,
  '--save-partlabel': true, '--save-partindex': true, '--image-url': true,
};

/** Why a list can't be passed to the disk installer, undefined when it can. */
export function checkInstallerArgs(args: readonly string[]): string | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (/[\p{Cc}\p{Cs}]/u.test(argument + (args[index + 1] ?? ''))) return 'Installer arguments must not hold control characters';
    const [flag = '', inlineValue] = splitFlag(argument);
    const takesValue = Object.hasOwn(allowedFlags, flag) ? allowedFlags[flag] : undefined;
    if (takesValue === undefined) return `The installer argument "${argument}" is not allowed; allowed are ${Object.keys(allowedFlags).join(', ')}`;
    if (!takesValue && inlineValue !== undefined) return `The installer argument ${flag} takes no value`;
    if (!takesValue || inlineValue !== undefined) continue;
    index += 1;
    if (args[index] === undefined || args[index] === '' || args[index]?.startsWith('-') === true) return `The installer argument ${flag} needs a value`;
  }
  return undefined;
}

function splitFlag(argument: string): [string, string?] {
  const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return equals < 0 ? [argument] : [argument.slice(0, equals), argument.slice(equals + 1)];
}
