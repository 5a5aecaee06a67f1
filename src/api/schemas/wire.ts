import { z } from '@hono/zod-openapi';

/** 8-4-4-4-12 hex digits. Versions and variants are not checked: ids of hosts are hashes. */
export const uuid = () => z.guid();

/** RFC 3339 in answers; requests carry none. */
export const dateTime = () => z.string().openapi({ format: 'date-time' });

/** Integers of any size up to 2^53. */
export const integer = () => z.number().int();

const cidr =
  '(?:(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\/(?:(?:[0-9])|(?:[1-2][0-9])|(?:3[0-2])))|(?:(?:[0-9a-fA-F]*:[0-9a-fA-F]*){2,})/(?:(?:[0-9])|(?:[1-9][0-9])|(?:1[0-1][0-9])|(?:12[0-8])))';
const address = '(?:(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3})|(?:(?:[0-9a-fA-F]*:[0-9a-fA-F]*){2,}))';

export const cidrText = () => z.string().regex(new RegExp(`^${cidr}$`));
export const addressText = () => z.string().regex(new RegExp(`^${address}$`));
/** An address, or the empty string that takes a stored one away. */
export const addressOrEmptyText = () => z.string().regex(new RegExp(`^${address}?$`));
