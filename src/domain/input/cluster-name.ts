const maxLength = 54;

/** Why a text can't be the name of a cluster, undefined when it can. */
export function checkClusterName(name: string): string | undefined {
  if (name.length < 1 || name.length > maxLength) return `The cluster name must have 1 to ${maxLength} characters, it has ${name.length}`;
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) return undefined;
  return `The cluster name "${name}" must begin with a lower-case letter, go on with lower-case letters, digits or hyphens and not end in a hyphen`;
}
