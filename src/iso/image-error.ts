/** An image that cannot be made, whatever is tried again: the base is no live image, the configuration does not fit or is not valid. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
