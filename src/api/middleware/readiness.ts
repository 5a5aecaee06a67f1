export interface Readiness {
  ready: boolean;
  /** Why not, one line each. */
  reasons: string[];
}

/**
 * Holds requests back until the service was ready once. Later outages are answered where they matter: reads go on
 * while another part of the service is away.
 */
export function createReadinessGate(readiness: () => Readiness): () => Readiness {
  let opened = false;
  return () => {
    if (opened) return { ready: true, reasons: [] };
    const state = readiness();
    opened = state.ready;
    return state;
  };
}
