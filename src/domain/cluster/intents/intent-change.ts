import type { Change } from '../evaluation';

/** What an applied intent changes; `image` tells whether the requested discovery image exists or has to be built. */
export interface IntentChange extends Change {
  image?: 'reuse' | 'build';
}
