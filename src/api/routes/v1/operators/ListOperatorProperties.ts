import { z } from '@hono/zod-openapi';
import { getOperatorProperties } from '../../../../services/operators/get-operator-properties';
import { defineOperation } from '../../../operation';
import { presentOperatorProperty } from '../../../presenters/operator-property';
import { jsonReply } from '../../../reply';
import { operatorPropertiesSchema } from '../../../schemas/operator-property';
import { userReads } from '../../../security';

export const listOperatorPropertiesOperation = defineOperation({
  method: 'get',
  path: '/supported-operators/{operator_name}',
  operationId: 'ListOperatorProperties',
  summary: 'Lists the settings of an operator that can be installed together with a cluster.',
  tags: ['operators'],
  security: [userReads],
  request: { params: z.object({ operator_name: z.string() }) },
  answer: { status: 200, schema: operatorPropertiesSchema },
  errors: [404],
  async handle({ params }) {
    return jsonReply(getOperatorProperties(params.operator_name).map(presentOperatorProperty));
  },
});
