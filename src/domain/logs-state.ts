/** Progress of a log collection (contract: logs_state); the empty string means none was asked for. */
export const logsStates = ['requested', 'collecting', 'completed', 'timeout', ''] as const;
export type LogsState = (typeof logsStates)[number];
