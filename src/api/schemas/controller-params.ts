import { z } from '@hono/zod-openapi';

export const completionParamsSchema = z.object({ is_success: z.boolean(), error_info: z.string().optional() }).openapi('completion-params');

/** The certificates of the cluster's ingress as PEM text. */
export const ingressCertParamsSchema = z.string().openapi('ingress-cert-params');
