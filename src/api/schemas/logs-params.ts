import { z } from '@hono/zod-openapi';
import { logsStateSchema } from './enums';
import { uuid } from './wire';

export const logsProgressParamsSchema = z.object({ logs_state: logsStateSchema }).openapi('logs-progress-params');

/** Longest archive of logs, in bytes. */
export const maxLogsBytes = 104_857_600;

const hostId = uuid().toLowerCase().optional();

export const logsUploadQuery = z.object({ logs_type: z.enum(['host', 'controller']), host_id: hostId });
export const logsDownloadQuery = z.object({ logs_type: z.enum(['host', 'controller', 'all']).optional(), host_id: hostId });
