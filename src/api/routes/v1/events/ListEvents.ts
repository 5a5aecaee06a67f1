import { z } from '@hono/zod-openapi';
import { listEvents } from '../../../../services/events/list-events';
import { defineOperation } from '../../../operation';
import { presentEvent } from '../../../presenters/event';
import { jsonReply } from '../../../reply';
import { eventListSchema } from '../../../schemas/event';
import { clusterParams, listQuery } from '../../../schemas/params';
import { uuid } from '../../../schemas/wire';
import { signedUrls, userReads } from '../../../security';

export const listEventsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/events',
  operationId: 'ListEvents',
  summary: 'Lists what happened to a cluster, oldest first.',
  tags: ['events'],
  security: [userReads, signedUrls],
  request: { params: clusterParams, query: z.object({ host_id: uuid().optional(), categories: listQuery() }) },
  answer: { status: 200, schema: eventListSchema },
  errors: [404],
  signedFile: () => 'events',
  async handle({ params, query }, { deps }) {
    const events = await listEvents(deps.services, params.cluster_id, query.host_id, query.categories);
    return jsonReply(events.map(presentEvent));
  },
});
