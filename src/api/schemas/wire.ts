import { z } from '@hono/zod-openapi';

/** 8-4-4-4-12 hex digits. Versions and variants are not checked: ids of hosts are hashes. */
export const uuid = () => z.guid();

/** RFC 3339 in answers; requests carry none. */
export const dateTime = () => z.string().openapi({ format: 'date-time' });

/** Integers of any size up to 2^53. */
export const integer = () => z.number().int();

const ipv4 = '(?:[0-9]{1,3}\\.){3}[0-9]{1,3}';
const ipv4Prefix = '(?:(?:[0-9])|(?:[1-2][0-9])|(?:3[0-2]))';
const ipv6Prefix = '(?:(?:[0-9])|(?:[1-9][0-9])|(?:1[0-1][0-9])|(?:12[0-8]))';
const describedIpv6 = '(?:(?:[0-9a-fA-F]*:[0-9a-fA-F]*){2,})';
// The same texts as the described pattern, which a text can match in exponentially many ways: checking it would hold up everybody.
const checkedIpv6 = '(?:(?:[0-9a-fA-F]*:){2,}[0-9a-fA-F]*)';

const cidr = (ipv6: string): string => `(?:(?:${ipv4}\\/${ipv4Prefix})|${ipv6}/${ipv6Prefix})`;
const address = (ipv6: string): string => `(?:(?:${ipv4})|${ipv6})`;

const checkedText = (pattern: (ipv6: string) => string) =>
  z.string().regex(new RegExp(`^${pattern(checkedIpv6)}$`)).openapi({ pattern: `^${pattern(describedIpv6)}$` });

export const cidrText = () => checkedText(cidr);
export const addressText = () => checkedText(address);
/** An address, or the empty string that takes a stored one away. */
export const addressOrEmptyText = () => checkedText((ipv6) => `${address(ipv6)}?`);
