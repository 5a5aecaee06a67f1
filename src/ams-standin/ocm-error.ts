import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const errorIds: Record<number, string> = {
  400: '21', 401: '15', 403: '11', 404: '7', 405: '5', 409: '6', 429: '429', 500: '9', 503: '503',
};

/** A refusal in the shape OCM clients expect. `reason` reaches the client. */
export class OcmError extends Error {
  constructor(readonly status: ContentfulStatusCode, readonly reason: string) {
    super(reason);
    this.name = 'OcmError';
  }
}

/** Renders `{kind: "Error", id, href, code, reason, operation_id}` with the given status. */
export function renderOcmError(c: Context, status: ContentfulStatusCode, reason: string): Response {
  const id = errorIds[status] ?? String(status);
  return c.json({
    kind: 'Error',
    id,
    href: `/api/accounts_mgmt/v1/errors/${id}`,
    code: `ACCT-MGMT-${id}`,
    reason,
    operation_id: c.res.headers.get('x-operation-id') ?? '',
  }, status);
}
