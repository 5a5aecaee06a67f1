import { gzipSync } from 'node:zlib';
import type { AgentClient } from '../../agent/protocol/agent-client';
import { sendLogArchive } from '../../agent/protocol/send-log-archive';

/** Sends logs of a simulated host; answers the reason when that fails. */
export function sendLogs(client: AgentClient, hostId: string, signal: AbortSignal): Promise<string | undefined> {
  return sendLogArchive(client, hostId, async () => gzipSync(`logs of simulated host ${hostId}\n`), signal);
}
