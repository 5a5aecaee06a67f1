import type { ClusterValidation } from '../validation';
import { evaluateVipValid } from './vip-findings';

export const apiVipValid: ClusterValidation = {
  id: 'api-vip-valid',
  category: 'network',
  evaluate: (ctx) => evaluateVipValid(ctx, 'API virtual IP', ctx.cluster.apiVip),
};
