import { meetsRole } from '../../host/hardware';
import type { ValidationContext } from '../context';
import { failure, success, type ClusterValidation } from '../validation';

const masters = 3;

export const sufficientMastersCount: ClusterValidation = {
  id: 'sufficient-masters-count',
  category: 'hosts-data',
  evaluate: (ctx) => {
    const needed = ctx.isSingleNode ? 1 : masters;
    const found = countRoles(ctx, needed);
    const text = `${found.masters} can be masters and ${found.workers} workers`;
    if (found.masters !== needed) return failure(`Exactly ${needed} hosts must be masters: of ${ctx.hosts.length} hosts ${text}`);
    if (ctx.isSingleNode && found.workers > 0) return failure(`A single-node cluster has no workers: of ${ctx.hosts.length} hosts ${text}`);
    if (found.workers === 1) return failure(`A cluster has no workers or at least 2: of ${ctx.hosts.length} hosts ${text}`);
    return success(`Of ${ctx.hosts.length} hosts ${text}`);
  },
};

/** Roles as an installation would assign them: hosts without a role fill up the masters as far as they can be one. */
function countRoles({ snapshot, hosts, settings }: ValidationContext, needed: number): { masters: number; workers: number } {
  const assigned = hosts.filter((host) => host.role === 'master' || host.role === 'bootstrap').length;
  const capable = hosts.filter((host) => host.role === 'auto-assign' && meetsRole(host, 'master', snapshot, settings)).length;
  const filled = Math.min(capable, Math.max(0, needed - assigned));
  return { masters: assigned + filled, workers: hosts.length - assigned - filled };
}
