import { createHash } from 'node:crypto';
import { imageRequestKey, type ImageRequest } from '../domain/image/image-request';

/** Hexadecimal SHA-256 of text. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Hexadecimal SHA-256 of the request's canonical form: equal hashes mean the image can be used again. */
export function hashImageRequest(request: ImageRequest): string {
  return digestText(imageRequestKey(request));
}
