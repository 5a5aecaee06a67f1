/** An image that cannot be made, whatever is tried again: the base is no live image, the configuration does not fit or is not valid. */
export class ImageError extends Error {
  override readonly name: string = 'ImageError';
}

/** What its user asks for cannot be put into an image; he can ask for something else. */
export class UnfitConfiguration extends ImageError {
  override readonly name = 'UnfitConfiguration';
}

/** What the image is made of is not there yet. */
export class BaseImageNotReady extends ImageError {
  override readonly name = 'BaseImageNotReady';
}
