import type { ValidationResult, ValidationsInfo } from '../validations/result';

function findResult(validations: ValidationsInfo, id: string): ValidationResult | undefined {
  for (const results of Object.values(validations)) {
    const found = results.find((result) => result.id === id);
    if (found) return found;
  }
  return undefined;
}

/** True when all of the validations succeeded or are switched off; one that is pending or absent did not. */
export function allPass(validations: ValidationsInfo, ids: readonly string[]): boolean {
  return ids.every((id) => {
    const status = findResult(validations, id)?.status;
    return status === 'success' || status === 'disabled';
  });
}

/** True when one of the validations was looked at and did not succeed. */
export function anyFails(validations: ValidationsInfo, ids: readonly string[]): boolean {
  return ids.some((id) => {
    const status = findResult(validations, id)?.status;
    return status === 'failure' || status === 'error';
  });
}

/** Messages of all failing validations, sorted and joined by ` ; `; empty when none fails. */
export function failureMessages(validations: ValidationsInfo): string {
  return Object.values(validations).flat().filter((result) => result.status === 'failure').map((result) => result.message).sort().join(' ; ');
}
