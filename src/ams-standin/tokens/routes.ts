import { Hono } from 'hono';
import { z } from 'zod';
import { readBody } from '../read-body';
import { readClientCredentials } from './client-credentials';
import { grantTokens } from './grants';
import type { GrantDependencies } from './grants';
import { TokenError } from './token-error';

export const realmPath = '/auth/realms/redhat-external';
const connectPath = `${realmPath}/protocol/openid-connect`;

const rotateSchema = z.object({ revoke: z.boolean().default(false) });

/** Token endpoint, published keys, and for tests POST /keys/rotate `{revoke?}`. */
export function createTokenRoutes(dependencies: GrantDependencies): Hono {
  const routes = new Hono();

  routes.post(`${connectPath}/token`, async (c) => {
    c.header('cache-control', 'no-store');
    try {
      const form = new URLSearchParams(await c.req.text());
      const readings = readClientCredentials(c.req.header('authorization'), form);
      return c.json(await grantTokens(dependencies, readings, form));
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return c.json({ error: error.error, error_description: error.description }, error.status);
    }
  });

  routes.get(`${connectPath}/certs`, (c) => c.json(dependencies.keys.jwks()));

  routes.get(`${realmPath}/.well-known/openid-configuration`, (c) => {
    const issuer = dependencies.settings.issuer;
    return c.json({
      issuer,
      token_endpoint: `${issuer}/protocol/openid-connect/token`,
      jwks_uri: `${issuer}/protocol/openid-connect/certs`,
      grant_types_supported: ['client_credentials', 'refresh_token', 'password'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });

  routes.post('/keys/rotate', async (c) => {
    await dependencies.keys.rotate(await readBody(c, rotateSchema));
    return c.json(dependencies.keys.jwks());
  });

  return routes;
}
