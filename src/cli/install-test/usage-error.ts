/** The command line or the files it names cannot be used; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
