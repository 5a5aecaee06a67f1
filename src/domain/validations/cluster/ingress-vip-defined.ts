import type { ClusterValidation } from '../validation';
import { evaluateVipDefined } from './vip-findings';

export const ingressVipDefined: ClusterValidation = {
  id: 'ingress-vip-defined',
  category: 'network',
  evaluate: (ctx) => evaluateVipDefined(ctx, 'ingress virtual IP', ctx.cluster.ingressVip),
};
