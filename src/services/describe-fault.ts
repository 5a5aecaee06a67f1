export interface Fault {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: Fault;
}

/** An error as the log shows it: the values of a query and what else follows the first line of a message stay out. */
export function describeFault(error: unknown, depth = 0): Fault {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const stack = error.stack?.split('\n').filter((line) => line.startsWith('    at ')).join('\n');
  return {
    type: error.name,
    message: error.message.split('\n', 1)[0]?.slice(0, 300) ?? '',
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...(stack !== undefined && { stack }),
    ...(error.cause !== undefined && depth < 3 && { cause: describeFault(error.cause, depth + 1) }),
  };
}
