/** A network configuration that cannot be used, whatever is tried again; the message is for its author. */
export class StaticNetworkError extends Error {
  override readonly name = 'StaticNetworkError';
}
