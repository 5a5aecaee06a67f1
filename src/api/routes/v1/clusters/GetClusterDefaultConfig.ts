import { defaultNetwork } from '../../../../domain/cluster/default-network';
import { defineOperation } from '../../../operation';
import { omitEmpty } from '../../../presenters/wire-values';
import { jsonReply } from '../../../reply';
import { clusterDefaultConfigSchema, type WireClusterDefaultConfig } from '../../../schemas/default-config';
import { userReads } from '../../../security';

const hourMs = 3_600_000;

export const getClusterDefaultConfigOperation = defineOperation({
  method: 'get',
  path: '/clusters/default-config',
  operationId: 'GetClusterDefaultConfig',
  summary: 'Shows what a cluster gets whose registration does not say otherwise.',
  tags: ['installer'],
  security: [userReads],
  answer: { status: 200, schema: clusterDefaultConfigSchema },
  errors: [],
  async handle(_input, { deps: { services } }) {
    const config: WireClusterDefaultConfig = {
      cluster_network_cidr: defaultNetwork.clusterNetworkCidr,
      cluster_network_host_prefix: defaultNetwork.clusterNetworkHostPrefix,
      service_network_cidr: defaultNetwork.serviceNetworkCidr,
      ...omitEmpty({ inactive_deletion_hours: Math.floor(services.settings.deadlines.inactivity / hourMs), ntp_source: services.ntpSource }),
    };
    return jsonReply(config);
  },
});
