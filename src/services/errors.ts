import type { Refusal } from '../domain/refusal';

/**
 * Why a service did not do what was asked. The message is meant for the caller: it carries no internals and no secrets.
 * Everything else that is thrown is a fault of the service itself.
 */
export abstract class ServiceError extends Error {
  abstract readonly kind: 'NotFound' | 'Gone' | 'Conflict' | 'Invalid' | 'Unauthorized' | 'Forbidden' | 'Unavailable' | 'Internal';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

export class NotFound extends ServiceError {
  readonly kind = 'NotFound';
}

/** It was there, and is not any more. */
export class Gone extends ServiceError {
  readonly kind = 'Gone';
}

export class Conflict extends ServiceError {
  readonly kind = 'Conflict';
}

export class Invalid extends ServiceError {
  readonly kind = 'Invalid';
}

export class Unauthorized extends ServiceError {
  readonly kind = 'Unauthorized';
}

export class Forbidden extends ServiceError {
  readonly kind = 'Forbidden';
}

/** A part of the service is away: the same request may work later. */
export class Unavailable extends ServiceError {
  readonly kind = 'Unavailable';

  constructor(
    message: string,
    readonly retryAfterSeconds = 5,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class Internal extends ServiceError {
  readonly kind = 'Internal';
}

const classes = { NotFound, Conflict, Invalid, Forbidden, Internal } as const;

/** The error that tells a caller of a refusal by the domain. */
export const fromRefusal = ({ type, reason }: Refusal): ServiceError => new classes[type](reason);
