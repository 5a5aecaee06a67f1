import { z } from 'zod';
import type { AmsAccount, AmsSubscription } from './ams-types';

const text = z.string().default('');

export const subscriptionSchema = z.object({
  id: z.string().min(1),
  status: text,
  cluster_id: text,
  external_cluster_id: text,
  display_name: text,
  console_url: text,
  organization_id: text,
}).transform((wire): AmsSubscription => ({
  id: wire.id,
  status: wire.status,
  clusterId: wire.cluster_id,
  externalClusterId: wire.external_cluster_id,
  displayName: wire.display_name,
  consoleUrl: wire.console_url,
  organizationId: wire.organization_id,
}));

export const subscriptionListSchema = z.object({
  total: z.number().int(),
  items: z.array(subscriptionSchema).default([]),
});

export const clusterAuthorizationSchema = z.object({
  allowed: z.boolean(),
  subscription: subscriptionSchema.optional(),
});

export const tokenAuthorizationSchema = z.object({
  account: z.object({
    username: z.string().min(1),
    email: text,
    first_name: text,
    last_name: text,
    organization: z.object({ id: text, external_id: text }).default({ id: '', external_id: '' }),
  }),
}).transform(({ account }): AmsAccount => ({
  username: account.username,
  // User tokens carry the external id of the organisation, so agents must be known by the same one.
  orgId: account.organization.external_id || account.organization.id,
  email: account.email,
  firstName: account.first_name,
  lastName: account.last_name,
}));

export const capabilityReviewSchema = z.object({ result: z.string() });
export const accessReviewSchema = z.object({ allowed: z.boolean() });
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(60), refresh_token: z.string().min(1).optional() });
export const errorSchema = z.object({ code: text, reason: text });
