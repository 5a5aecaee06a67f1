import { collectLogs } from '../logs/collect-logs';
import { sendLogArchive } from '../protocol/send-log-archive';
import { fail, succeed } from '../protocol/step-answer';
import type { RunStep } from './step-context';

/** Sends the logs of the machine to the service. */
export const logs: RunStep = async (_args, { client, hostId, machine, signal }) => {
  const reason = await sendLogArchive(client, hostId, () => collectLogs(machine, signal), signal);
  return reason === undefined ? succeed() : fail(1, `the logs were not sent: ${reason}`);
};
