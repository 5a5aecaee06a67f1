import { z } from '@hono/zod-openapi';
import { eventCategories, eventSeverities } from '../../domain/events/draft';
import { dateTime, uuid } from './wire';

export const eventSchema = z
  .object({
    cluster_id: uuid(),
    host_id: uuid().optional(),
    severity: z.enum(eventSeverities),
    category: z.enum(eventCategories).optional(),
    message: z.string(),
    event_time: dateTime(),
    request_id: uuid().optional(),
    props: z.string().optional(),
  })
  .openapi('event');
export type WireEvent = z.infer<typeof eventSchema>;

export const eventListSchema = z.array(eventSchema).openapi('event-list');
