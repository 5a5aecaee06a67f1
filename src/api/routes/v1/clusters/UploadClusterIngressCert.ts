import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { ingressCertParamsSchema } from '../../../schemas/controller-params';
import { agentVersionHeader, clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const uploadClusterIngressCertOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/uploads/ingress-cert',
  operationId: 'UploadClusterIngressCert',
  summary: 'Gives the certificates of the cluster\'s ingress, which complete the kubeconfig.',
  tags: ['installer'],
  security: [agents],
  request: { params: clusterParams, headers: agentVersionHeader, body: ingressCertParamsSchema },
  answer: { status: 201 },
  errors: [400, 404, 503],
  async handle({ params, body }, { deps }) {
    await deps.agents.uploadIngressCert(params.cluster_id, body);
    return emptyReply(201);
  },
});
