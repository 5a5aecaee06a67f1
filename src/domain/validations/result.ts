/** Outcome of one validation. Only hosts' validations can be `disabled`. */
export type ValidationStatus = 'success' | 'failure' | 'pending' | 'error' | 'disabled';

export interface ValidationResult {
  id: string;
  status: ValidationStatus;
  message: string;
}

/** Results by category (`hardware`, `network`, `hosts-data`, `configuration`, `operators`), as stored in validations_info. */
export type ValidationsInfo = Record<string, ValidationResult[]>;
