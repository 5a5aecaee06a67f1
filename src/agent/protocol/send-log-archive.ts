import type { AgentClient } from './agent-client';

/** Sends a host's logs as agents do: announced, uploaded, told to be complete. A failure is answered as its reason: no installation fails for its logs. */
export async function sendLogArchive(client: AgentClient, hostId: string, collect: () => Promise<Buffer>, signal: AbortSignal): Promise<string | undefined> {
  try {
    await client.updateLogsProgress(hostId, 'requested', signal);
    await client.uploadLogs(hostId, new Blob([new Uint8Array(await collect())], { type: 'application/gzip' }), signal);
    await client.updateLogsProgress(hostId, 'completed', signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}
