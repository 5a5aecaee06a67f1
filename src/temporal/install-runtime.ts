import { Runtime } from '@temporalio/worker';

export interface RuntimeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Sets up the SDK's runtime of this process, before anything else of the worker's package is used: its log goes where the
 * service's log goes, and signals are left to the entry point.
 */
export function installRuntime(log: RuntimeLog): void {
  const write = (level: string, message: string, meta?: Record<string | symbol, unknown>): void => {
    const fields = { component: 'temporal', ...pick(meta) };
    if (level === 'ERROR') log.error(fields, message);
    else if (level === 'WARN') log.warn(fields, message);
    else if (level === 'INFO') log.info(fields, message);
  };
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (level, message, meta) => write(level, message, meta),
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      warn: (message, meta) => write('WARN', message, meta),
      error: (message, meta) => write('ERROR', message, meta),
    },
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}

function pick(meta: Record<string | symbol, unknown> | undefined): Record<string, unknown> {
  const { workflowId, activityType, taskQueue, error } = meta ?? {};
  return { workflowId, activityType, taskQueue, reason: error instanceof Error ? error.message : undefined };
}
