import { z } from '@hono/zod-openapi';
import { listOperators } from '../../../../services/clusters/list-operators';
import { defineOperation } from '../../../operation';
import { presentOperator } from '../../../presenters/monitored-operator';
import { jsonReply } from '../../../reply';
import { monitoredOperatorsListSchema } from '../../../schemas/monitored-operator';
import { clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const listOfClusterOperatorsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/monitored_operators',
  operationId: 'ListOfClusterOperators',
  summary: 'Lists the operators that are watched until a cluster is installed.',
  tags: ['operators', 'installer'],
  security: [agents],
  request: { params: clusterParams, query: z.object({ operator_name: z.string().optional() }) },
  answer: { status: 200, schema: monitoredOperatorsListSchema },
  errors: [404],
  async handle({ params, query }, { deps }) {
    const operators = await listOperators(deps.services, params.cluster_id, query.operator_name);
    return jsonReply(operators.map((operator) => presentOperator(params.cluster_id, operator)));
  },
});
