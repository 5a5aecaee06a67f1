export interface Readiness {
  ready: boolean;
  /** Whether requests can be answered although not everything is there: another part may be away for long. */
  serving: boolean;
  /** Why not, one line each. */
  reasons: string[];
  /** What is missing although requests are served, one line each. */
  warnings: string[];
}

/**
 * Holds requests back until the service could serve once, and whenever the database lost its clusters. Other outages are
 * answered where they matter: reads go on while another part of the service is away.
 */
export function createReadinessGate(readiness: () => Readiness, isRecovering: () => boolean): () => Readiness {
  let opened = false;
  return () => {
    if (opened && !isRecovering()) return { ready: true, serving: true, reasons: [], warnings: [] };
    const state = readiness();
    opened = state.serving;
    return state;
  };
}
