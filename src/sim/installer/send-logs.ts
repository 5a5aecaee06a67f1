import { gzipSync } from 'node:zlib';
import type { AgentClient } from '../../agent/protocol/agent-client';
import { RequestFailed } from '../../agent/protocol/request-failed';

/** Sends the host's logs. A failure is answered, not thrown: no installation fails for its logs. */
export async function sendLogs(client: AgentClient, hostId: string, signal: AbortSignal): Promise<RequestFailed | undefined> {
  const archive = new Blob([gzipSync(`logs of simulated host ${hostId}\n`)], { type: 'application/gzip' });
  try {
    await client.updateLogsProgress(hostId, 'requested', signal);
    await client.uploadLogs(hostId, archive, signal);
    await client.updateLogsProgress(hostId, 'completed', signal);
    return undefined;
  } catch (error) {
    if (error instanceof RequestFailed) return error;
    throw error;
  }
}
