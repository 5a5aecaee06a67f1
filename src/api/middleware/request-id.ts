import { randomUUID } from 'node:crypto';

const sane = /^[\w.:-]{1,128}$/;

/** The caller's request id if it is fit for logs and headers, else a new one. */
export const readRequestId = (given: string | undefined): string => (given !== undefined && sane.test(given) ? given : randomUUID());
