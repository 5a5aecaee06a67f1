import type { ClusterValidation } from '../validation';
import { evaluateVipDefined } from './vip-findings';

export const apiVipDefined: ClusterValidation = {
  id: 'api-vip-defined',
  category: 'network',
  evaluate: (ctx) => evaluateVipDefined(ctx, 'API virtual IP', ctx.cluster.apiVip),
};
