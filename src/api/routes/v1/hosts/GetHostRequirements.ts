import { z } from '@hono/zod-openapi';
import { requirementsOfVersion } from '../../../../domain/hardware/platform-requirements';
import { figuresByRole } from '../../../../domain/hardware/preflight-requirements';
import { defineOperation } from '../../../operation';
import { presentRole } from '../../../presenters/hardware-requirements';
import { jsonReply } from '../../../reply';
import { hostRequirementsSchema } from '../../../schemas/hardware-requirements';
import { booleanHeader } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getHostRequirementsOperation = defineOperation({
  method: 'get',
  path: '/host_requirements',
  operationId: 'GetHostRequirements',
  summary: 'Shows what masters and workers must have.',
  tags: ['installer'],
  security: [userReads],
  request: { headers: z.object({ single_node: booleanHeader() }) },
  answer: { status: 200, schema: hostRequirementsSchema },
  errors: [],
  async handle({ headers }, { deps }) {
    const { master, worker } = figuresByRole(requirementsOfVersion('default', deps.services.settings), headers.single_node ?? false);
    return jsonReply({ master: presentRole(master), worker: presentRole(worker) });
  },
});
