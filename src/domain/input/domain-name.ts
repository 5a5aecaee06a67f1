const label = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** True for a host or domain name: labels of up to 63 letters, digits and inner hyphens, 253 characters in all. */
export function isDomainName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => label.test(part)) && !/^[\d.]+$/.test(text);
}
