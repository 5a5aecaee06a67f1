import type { ValidationResult, ValidationsInfo } from '../validations/result';

export interface ValidationFlips {
  failed: ValidationResult[];
  fixed: ValidationResult[];
}

/** Reads a stored validations_info; empty text means that none was evaluated yet. */
export function parseValidations(stored: string): ValidationsInfo {
  return stored === '' ? {} : (JSON.parse(stored) as ValidationsInfo);
}

/** Validations that went from success to failure or back; one that has no former result is no flip. */
export function findValidationFlips(before: ValidationsInfo, after: ValidationsInfo): ValidationFlips {
  const former = new Map(Object.values(before).flat().map((result) => [result.id, result.status]));
  const flips: ValidationFlips = { failed: [], fixed: [] };
  for (const result of Object.values(after).flat()) {
    const status = former.get(result.id);
    if (status === 'success' && result.status === 'failure') flips.failed.push(result);
    if (status === 'failure' && result.status === 'success') flips.fixed.push(result);
  }
  return flips;
}
