/** Why an operation is not done. `type` is stable: it becomes ApplicationFailure.type and the HTTP status. */
export interface Refusal {
  /** NotFound 404, Conflict 409, Invalid 400, Forbidden 403, Internal 500. */
  type: 'NotFound' | 'Conflict' | 'Invalid' | 'Forbidden' | 'Internal';
  reason: string;
}

const refusalTypes: readonly unknown[] = ['NotFound', 'Conflict', 'Invalid', 'Forbidden', 'Internal'];

/** True for a Refusal, whatever else the value could have been. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'type' in value && 'reason' in value && refusalTypes.includes(value.type);
}
