import { z } from 'zod';
import type { AgingPeriods } from './aging/age-subscriptions';

const serviceAccountSchema = z.object({
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
});

const userSchema = z.object({
  username: z.string().min(1),
  org_id: z.string().min(1),
  email: z.string().default(''),
  first_name: z.string().default(''),
  last_name: z.string().default(''),
  /** Lets the user obtain tokens with grant_type=password; without one only tokens issued earlier work. */
  password: z.string().min(1).optional(),
  pull_secret_tokens: z.array(z.string().min(1)).default([]),
  capabilities: z.array(z.string().min(1)).default([]),
  /** A banned account fails its access review and can't reserve a subscription. */
  banned: z.boolean().default(false),
  /** Overrides TOKEN_LIFETIME_SECONDS for access tokens of this user. */
  token_lifetime_seconds: z.number().int().positive().optional(),
});

function jsonList<Item extends z.ZodType>(item: Item) {
  return z.string().default('[]').transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not valid JSON' });
      return z.NEVER;
    }
  }).pipe(z.array(item));
}

const day = 24 * 3600;

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535),
  LISTEN_ADDRESS: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.string().min(1),
  BASE_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  TOKEN_LIFETIME_SECONDS: z.coerce.number().int().positive().default(900),
  STALE_AFTER_SECONDS: z.coerce.number().int().positive().default(7 * day),
  ARCHIVED_AFTER_SECONDS: z.coerce.number().int().positive().default(30 * day),
  AGING_INTERVAL_SECONDS: z.coerce.number().int().positive().max(day).default(60),
  SERVICE_ACCOUNTS: jsonList(serviceAccountSchema),
  USERS: jsonList(userSchema),
}).refine((env) => env.ARCHIVED_AFTER_SECONDS > env.STALE_AFTER_SECONDS, {
  path: ['ARCHIVED_AFTER_SECONDS'], message: 'must be longer than STALE_AFTER_SECONDS',
});

export type ServiceAccountConfig = z.infer<typeof serviceAccountSchema>;
export type UserConfig = z.infer<typeof userSchema>;

export interface StandinConfig {
  port: number;
  listenAddress: string;
  databaseUrl: string;
  /** Public address of this server without a trailing slash; part of the issuer. */
  baseUrl: string;
  tokenLifetimeSeconds: number;
  aging: AgingPeriods & { intervalSeconds: number };
  serviceAccounts: ServiceAccountConfig[];
  users: UserConfig[];
}

/**
 * Reads the configuration from environment variables.
 * Throws an Error that lists every faulty variable, never a value.
 */
export function loadConfig(environment: Record<string, string | undefined>): StandinConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`invalid configuration:\n  ${faults.join('\n  ')}`);
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    listenAddress: env.LISTEN_ADDRESS,
    databaseUrl: env.DATABASE_URL,
    baseUrl: env.BASE_URL,
    tokenLifetimeSeconds: env.TOKEN_LIFETIME_SECONDS,
    aging: {
      staleAfterSeconds: env.STALE_AFTER_SECONDS,
      archivedAfterSeconds: env.ARCHIVED_AFTER_SECONDS,
      intervalSeconds: env.AGING_INTERVAL_SECONDS,
    },
    serviceAccounts: env.SERVICE_ACCOUNTS,
    users: env.USERS,
  };
}
