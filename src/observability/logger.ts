import { pino, type Logger } from 'pino';

export type { Logger };

/** Fields whose values never reach a log, wherever they stand. */
const redacted = ['pull_secret', 'pullSecret', 'authorization', 'x-secret-key', 'token', 'password', 'secret', 'api_key'];

/** Structured log on standard output, one JSON object a line. */
export function createLogger(options: { level: string; role: string; environment: string }): Logger {
  return pino({
    level: options.level,
    base: { role: options.role, environment: options.environment },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: [...redacted.map((name) => `["${name}"]`), ...redacted.map((name) => `*["${name}"]`)], censor: '[hidden]' },
  });
}
