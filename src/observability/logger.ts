import { pino, type DestinationStream, type Logger } from 'pino';
import { maskFields } from './mask-secrets';

export type { Logger };

/** Structured log on standard output, or where `destination` says: one JSON object a line, secrets masked. */
export function createLogger(options: { level: string; role: string; environment: string }, destination?: DestinationStream): Logger {
  return pino({
    level: options.level,
    base: { role: options.role, environment: options.environment },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: maskFields },
  }, destination ?? pino.destination(1));
}
