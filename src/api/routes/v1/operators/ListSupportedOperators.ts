import { olmOperatorNames } from '../../../../domain/cluster/operators';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { operatorNamesSchema } from '../../../schemas/operator-property';
import { userWrites } from '../../../security';

export const listSupportedOperatorsOperation = defineOperation({
  method: 'get',
  path: '/supported-operators',
  operationId: 'ListSupportedOperators',
  summary: 'Lists the operators that can be installed together with a cluster.',
  tags: ['operators'],
  security: [userWrites],
  answer: { status: 200, schema: operatorNamesSchema },
  errors: [],
  async handle() {
    return jsonReply([...olmOperatorNames].sort());
  },
});
