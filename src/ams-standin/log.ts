/** Takes one log entry. Callers pass no secrets: no headers, no bodies, no query strings. */
export type Log = (level: 'info' | 'error', message: string, fields?: Record<string, unknown>) => void;

/** Writes the entry as one JSON line to stdout. */
export const writeLog: Log = (level, message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
};
