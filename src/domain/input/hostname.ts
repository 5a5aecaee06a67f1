const maxLength = 253;
const maxLabelLength = 63;

/** Why a text can't be the name of a host, undefined when it can. */
export function checkHostname(hostname: string): string | undefined {
  if (hostname.length > maxLength) return `The hostname has ${hostname.length} characters, at most ${maxLength} are allowed`;
  const labels = hostname.split('.');
  if (labels.some((label) => label.length > maxLabelLength)) return `A label of the hostname "${hostname}" is longer than ${maxLabelLength} characters`;
  if (/^[a-z0-9]/.test(hostname) && labels.every((label) => /^[a-z0-9-]+$/.test(label))) return undefined;
  return `The hostname "${hostname}" must consist of labels of lower-case letters, digits and hyphens and begin with a letter or digit`;
}
