/** A configuration that a live or installed system would not take; the message says where and quotes no content. */
export class IgnitionError extends Error {
  override readonly name = 'IgnitionError';
}
