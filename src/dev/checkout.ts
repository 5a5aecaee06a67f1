import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout this launcher belongs to. */
export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
