import type { Change } from '../evaluation';

/** What an applied intent changes, and what remains to be done for it beside the rows. */
export interface IntentChange extends Change {
  /** Whether the requested discovery image exists or has to be built. */
  image?: 'reuse' | 'build';
  /** The stored discovery image is outdated. */
  removeImage?: boolean;
  /** Day-2 hosts that are installed once their ignitions are stored. */
  installHosts?: string[];
}
