import type { OpenAPIHono } from '@hono/zod-openapi';
import { basePath } from './presenters/wire-values';

const apiKey = (location: 'header' | 'query', name: string, description: string) => ({ type: 'apiKey', in: location, name, description }) as const;

/** The OpenAPI 3.0 document of exactly the operations that are served. */
export function openApiDocument(app: OpenAPIHono, version: string): object {
  const { openAPIRegistry: registry } = app;
  registry.registerComponent('securitySchemes', 'userAuth', apiKey('header', 'Authorization', 'Bearer token of a user.'));
  registry.registerComponent('securitySchemes', 'agentAuth', apiKey('header', 'X-Secret-Key', 'Token of the pull secret, sent by agents and the controller.'));
  registry.registerComponent('securitySchemes', 'urlAuth', apiKey('query', 'api_key', 'Signature of an address that permits one file.'));
  return app.getOpenAPIDocument({
    openapi: '3.0.3',
    info: {
      title: 'Assisted installation',
      version,
      description: 'Installs OpenShift clusters on bare servers. Requests that change something take an Idempotency-Key header: the same key never acts twice.',
    },
    servers: [{ url: basePath }],
  });
}
