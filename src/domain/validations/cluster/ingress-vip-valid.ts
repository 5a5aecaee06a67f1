import type { ClusterValidation } from '../validation';
import { evaluateVipValid } from './vip-findings';

export const ingressVipValid: ClusterValidation = {
  id: 'ingress-vip-valid',
  category: 'network',
  evaluate: (ctx) => evaluateVipValid(ctx, 'ingress virtual IP', ctx.cluster.ingressVip),
};
