import { isResettableValidation, resettableValidations } from '../../domain/host/reset-validation-facts';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';
import { changeHost, type ChangedHost } from './change-host';

/** Has the measurements behind a validation taken again. */
export async function resetHostValidation(deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string, validationId: string): Promise<ChangedHost> {
  if (!isResettableValidation(validationId)) throw new Invalid(`Only these validations can be reset: ${resettableValidations.join(', ')}.`);
  return changeHost(deps, action, clusterId, { operation: 'resetHostValidation', hostId, validationId });
}
