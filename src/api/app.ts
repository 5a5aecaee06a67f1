import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ApiDeps } from './deps';
import { describeFault } from '../services/describe-fault';
import { errorReply, internalErrorReply, messageReply } from './errors';
import { createCors } from './middleware/cors';
import { createReadinessGate } from './middleware/readiness';
import { readRequestId } from './middleware/request-id';
import { openApiDocument } from './openapi-document';
import { operations } from './operations';
import { createPages } from './pages/create-pages';
import type { ShownDocument } from './pages/reference/document';
import { createPathTable } from './path-table';
import { basePath } from './presenters/wire-values';
import { jsonReply, jsonTextReply, type Reply } from './reply';
import { imageLinkRoute, serveImageLink } from './serve-image-link';
import { serviceRoutes } from './service-routes';
import { send, serveOperation, type ServingContext } from './serve-operation';

/** The REST API as a Hono application; a path with a slash at its end is the path without it. */
export function createApp(deps: ApiDeps): OpenAPIHono {
  const app = new OpenAPIHono({ strict: false });
  const cors = createCors(deps.allowedDomains);
  const serving: ServingContext = { deps, cors, gate: createReadinessGate(deps.readiness, deps.absence.isRecovering) };
  const paths = createPathTable([...operations.map(({ method, path }) => ({ method, path: `${basePath}${path}` })), ...servicePaths]);
  const plain = (c: Context, reply: Reply): Response => send(c, reply, readRequestId(c.req.header('x-request-id')), cors.headersFor(c.req.header('origin')));

  const refuseMethod = (c: Context): Response => {
    const allowed = paths.methodsOf(c.req.path);
    return plain(c, errorReply(405, `method ${c.req.method} is not allowed, but [${allowed.join(',')}] are`, { Allow: allowed.join(', ') }));
  };
  for (const path of new Set(operations.map((operation) => `${basePath}${operation.path}`))) {
    const stray = path.includes('{') ? [] : paths.strayMethodsOf(path);
    if (stray.length > 0) app.on(stray, path, refuseMethod);
  }

  for (const operation of operations) {
    app.openAPIRegistry.registerPath(operation.route);
    if (operation.method === 'head') continue;
    const route = `${basePath}${operation.path}`;
    const head = operations.find((other) => other.method === 'head' && other.path === operation.path);
    app.on(operation.method.toUpperCase(), route.replaceAll(/\{(\w+)\}/g, ':$1'), (c) =>
      serveOperation(serving, c.req.method === 'HEAD' && head && operation.method === 'get' ? head : operation, c, route),
    );
  }

  app.get(imageLinkRoute.replace('{name}', ':name'), (c) => serveImageLink(serving, c));
  for (const route of Object.values(serviceRoutes)) app.openAPIRegistry.registerPath(route);
  const described = openApiDocument(app, deps.version);
  const document = JSON.stringify(described);
  for (const page of createPages(described as ShownDocument)) app.get(page.path, (c) => plain(c, page.reply));
  app.get(`${basePath}/openapi`, (c) => plain(c, jsonTextReply(document)));
  for (const root of ['', basePath]) {
    app.get(`${root}/health`, (c) => plain(c, jsonReply({ healthy: true })));
    app.get(`${root}/ready`, (c) => {
      const { ready, reasons, warnings } = deps.readiness();
      const further = warnings.length === 0 ? {} : { warnings };
      return plain(c, ready ? jsonReply({ ready, ...further }) : jsonReply({ ready, reasons, ...further }, 503, { 'Retry-After': '5' }));
    });
    app.get(`${root}/metrics`, async (c) => {
      const { contentType, body } = await deps.metrics.render();
      return plain(c, { status: 200, headers: { 'Content-Type': contentType }, body, bytes: body.length });
    });
  }

  if (deps.allowedDomains.length > 0) {
    app.options('*', (c) => plain(c, { status: 204, headers: cors.preflightHeaders(c.req.header('origin')), body: null, bytes: 0 }));
  }
  app.notFound((c) => {
    if (paths.methodsOf(c.req.path).length === 0) return plain(c, messageReply(404, `path ${c.req.path} was not found`));
    return refuseMethod(c);
  });
  app.onError((error, c) => {
    const requestId = readRequestId(c.req.header('x-request-id'));
    deps.log.error({ fault: describeFault(error), requestId }, 'request failed');
    return send(c, internalErrorReply(requestId), requestId);
  });
  return app;
}

const servicePaths = ['/', imageLinkRoute, '/health', '/ready', '/metrics', ...Object.values(serviceRoutes).map(({ path }) => `${basePath}${path}`)].map((path) => ({ method: 'get', path }));
