import type { Context } from 'hono';
import { Readable } from 'node:stream';
import type { Actor } from '../auth/actor';
import { isDatabaseAway } from '../services/database-away';
import { Internal, NotFound, Unavailable } from '../services/errors';
import type { ApiDeps } from './deps';
import { describeFault } from '../services/describe-fault';
import { errorReply, findReplyTo, internalErrorReply } from './errors';
import { callerAddress } from './middleware/caller-address';
import type { Cors } from './middleware/cors';
import type { Readiness } from './middleware/readiness';
import { readRequestId } from './middleware/request-id';
import { securityHeaders } from './middleware/security-headers';
import { withTimeLimit } from './middleware/time-limit';
import type { Operation } from './operation';
import { openUpload } from './middleware/open-upload';
import { parseInput } from './parse-input';
import type { Reply } from './reply';
import { authorize } from './security';
import { sendStream } from './send-stream';

/** What all operations of an application share. */
export interface ServingContext {
  deps: ApiDeps;
  cors: Cors;
  gate: () => Readiness;
}

const plausibleId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Answers one request: readiness, security, schema, handler, and whatever goes wrong on the way. It is one function and not
 * a chain, because agents ask so often that every link would be seen in the bill.
 */
export function serveOperation(serving: ServingContext, operation: Operation, c: Context, route: string): Promise<Response> {
  return serve(serving, operation, c, route, (requestId, seen) =>
    run(serving, operation, c, requestId, seen).catch((error: unknown) => doubtAbsence(serving, operation, c, error)));
}

/** What answering needs to know of a request, whatever it is about. */
export interface ServedAs extends Pick<Operation, 'operationId' | 'timeLimitSeconds' | 'logLevel'> {
  /** The address itself lets its bearer in, so no log shows it. */
  hasSecretPath?: boolean;
}

/** Gets what the log tells of a request as soon as it is known. */
export interface Seen {
  caller?: string;
}

/** Answers one request by some work, with everything that is common to all answers. */
export async function serve(serving: ServingContext, operation: ServedAs, c: Context, route: string, work: (requestId: string, seen: Seen) => Promise<Reply>): Promise<Response> {
  const { deps, cors } = serving;
  const started = performance.now();
  const { method } = c.req;
  const requestId = readRequestId(c.req.header('x-request-id'));
  const finish = deps.metrics.requestStarted({ route, method });
  const seen: Seen = {};
  const reply = await answer(serving, operation, requestId, () => work(requestId, seen));
  const seconds = (performance.now() - started) / 1000;
  finish();
  deps.metrics.observeRequest({ route, method, code: reply.status, seconds, bytes: reply.bytes });
  const level = reply.status >= 500 ? 'warn' : operation.logLevel;
  deps.log[level]({ requestId, operation: operation.operationId, path: operation.hasSecretPath ? route : shownPath(c, route), ...seen, status: reply.status, ms: Math.round(seconds * 1000) }, 'request');
  const further = deps.allowedDomains.length === 0 ? undefined : cors.headersFor(c.req.header('origin'));
  return send(c, reply, requestId, further, (error) => deps.log.warn({ fault: describeFault(error), requestId, operation: operation.operationId }, 'A download broke off.'));
}

/** What a log may show of an address: not what somebody put in the place of an id, which may be anything he had in hand. */
function shownPath(c: Context, route: string): string {
  const ids = [c.req.param('cluster_id'), c.req.param('host_id')];
  return ids.every((id) => id === undefined || plausibleId.test(id)) ? c.req.path : route;
}

/**
 * Turns an answer into a response with the headers that every answer has.
 * @param onBroken told why a stream could not be sent to its end; not of clients that went away
 */
export function send(c: Context, { status, headers: own, body }: Reply, requestId: string, further?: Record<string, string>, onBroken: (error: Error) => void = () => undefined): Response {
  const headers = { ...securityHeaders, 'X-Request-ID': requestId, ...further, ...own };
  return body instanceof Readable ? sendStream(c, { status, headers, body }, onBroken) : new Response(body, { status, headers });
}

async function answer(serving: ServingContext, operation: ServedAs, requestId: string, work: () => Promise<Reply>): Promise<Reply> {
  const { deps } = serving;
  try {
    const { ready, reasons } = serving.gate();
    if (!ready) return errorReply(503, `The service is starting: ${reasons.join('; ')}.`, { 'Retry-After': '5' });
    const reply = work();
    return await (operation.timeLimitSeconds === null ? reply : withTimeLimit(reply, operation.timeLimitSeconds));
  } catch (error) {
    const reply = findReplyTo(error) ?? (isDatabaseAway(error) ? findReplyTo(new Unavailable('The database does not answer; try again.')) : undefined);
    // A refusal of the domain that the contract answers with 500 is no fault of the service.
    if (error instanceof Internal) deps.log.warn({ reason: error.message, requestId, operation: operation.operationId }, 'request refused');
    else if (!reply || reply.status >= 500) deps.log.error({ fault: describeFault(error), requestId, operation: operation.operationId }, 'request failed');
    return reply ?? internalErrorReply(requestId);
  }
}

/** What is missing may only have been lost; what an agent asks for is asked of the workflow too. */
async function doubtAbsence({ deps }: ServingContext, operation: Operation, c: Context, error: unknown): Promise<never> {
  const [clusterId, hostId] = [c.req.param('cluster_id')?.toLowerCase(), c.req.param('host_id')?.toLowerCase()];
  // A host of no possible id was never there; nobody is asked for it.
  if (error instanceof NotFound && clusterId !== undefined && [clusterId, hostId].every((id) => id === undefined || plausibleId.test(id))) {
    const byAgent = operation.security.every((requirement) => 'agentAuth' in requirement);
    await deps.absence.confirm({ clusterId, hostId, byAgent });
  }
  throw error;
}

async function run({ deps }: ServingContext, operation: Operation, c: Context, requestId: string, seen: Seen): Promise<Reply> {
  const header = (name: string): string | undefined => c.req.header(name);
  const query = (name: string): string | undefined => c.req.query(name);
  const clusterId = c.req.param('cluster_id')?.toLowerCase();
  const actor = await authorize({ authentication: deps.authentication, owners: deps.services.owners, rateLimits: deps.rateLimits }, operation.security, {
    header,
    query,
    clusterId: clusterId !== undefined && plausibleId.test(clusterId) ? clusterId : undefined,
    hostId: c.req.param('host_id')?.toLowerCase(),
    address: () => callerAddress(c, deps.trustedProxies),
    file: operation.signedFile?.(query, (name) => c.req.param(name)),
    method: c.req.method,
  });
  seen.caller = callerOf(actor);
  const input = await parseInput(operation, c, deps.maxBodyBytes);
  return operation.handle(input, { deps, actor, requestId, method: c.req.method, header, openUpload: () => open(operation, c) });
}

export const callerOf = (actor: Actor): string => (actor.kind === 'signed' ? 'bearer of a signed address' : `${actor.kind} ${actor.userName}`);

function open({ upload, operationId }: Operation, c: Context): Promise<AsyncIterable<Uint8Array>> {
  if (!upload) throw new Error(`${operationId} takes no file.`);
  return openUpload(c.req.raw, upload);
}
