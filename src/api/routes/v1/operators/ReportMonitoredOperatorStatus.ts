import { Invalid } from '../../../../services/errors';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { operatorMonitorReportSchema } from '../../../schemas/monitored-operator';
import { clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const reportMonitoredOperatorStatusOperation = defineOperation({
  method: 'put',
  path: '/clusters/{cluster_id}/monitored_operators',
  operationId: 'ReportMonitoredOperatorStatus',
  summary: 'Tells how an operator of a cluster is doing.',
  tags: ['operators', 'installer'],
  security: [agents],
  request: { params: clusterParams, body: operatorMonitorReportSchema },
  answer: { status: 200 },
  errors: [400, 404, 409, 503],
  async handle({ params, body }, { deps }) {
    if (!body.name || !body.status) throw new Invalid('A report names an operator and its status.');
    await deps.agents.reportOperator(params.cluster_id, { name: body.name, status: body.status, statusInfo: body.status_info ?? '' });
    return emptyReply(200);
  },
});
