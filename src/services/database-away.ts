/** Codes of Postgres and of the connection that tell of a database that is gone, starting, full or too slow. */
const codes = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED',
  '53300', '57014', '57P01', '57P02', '57P03', '08000', '08003', '08006',
]);

/** True for an error that means no answer from the database, whatever wraps it. Other parts fail with errors of their own kind. */
export function isDatabaseAway(error: unknown): boolean {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 4; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && codes.has(current.code)) return true;
    current = current.cause;
  }
  return false;
}
