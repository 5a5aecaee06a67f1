import { z } from 'zod';

/** A text of a request that Postgres can store: no NUL character, at most 1024 characters. */
export const requestText = z.string().max(1024).refine((value) => !value.includes('\0'), 'contains a NUL character');
