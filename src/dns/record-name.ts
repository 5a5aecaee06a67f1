/** A name as Route 53 lists it, in the form that everybody else writes: its answers escape all but letters, digits, `-` and `_`, and end in a dot. */
export function readRecordName(listed: string): string {
  return listed.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))).replace(/\.$/, '').toLowerCase();
}
