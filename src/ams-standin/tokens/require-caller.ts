import type { MiddlewareHandler } from 'hono';
import { jwtVerify } from 'jose';
import type { Account } from '../accounts/account';
import type { Directory } from '../accounts/directory';
import { OcmError } from '../ocm-error';
import { accessTokenType, tokenAudience } from './issue-tokens';
import type { SigningKeys } from './signing-keys';

/** Variables that routes behind `requireCaller` find in their context. */
export interface CallerVariables {
  Variables: { caller: Account };
}

/** Middleware: a valid access token of a known account, else 401 in OCM's shape. */
export function requireCaller(
  dependencies: { keys: SigningKeys; directory: Directory; issuer: string },
): MiddlewareHandler<CallerVariables> {
  return async (c, next) => {
    const token = /^bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined) throw new OcmError(401, 'Request doesn\'t contain the \'Authorization\' header or the \'cs_jwt\' cookie');
    const verified = await jwtVerify(token, dependencies.keys.localKeySet(), {
      algorithms: ['RS256'], issuer: dependencies.issuer, audience: tokenAudience,
    }).catch(() => {
      throw new OcmError(401, 'Bearer token can\'t be verified');
    });
    const { typ, username } = verified.payload;
    if (typ !== accessTokenType || typeof username !== 'string') throw new OcmError(401, 'Bearer token is not an access token');
    const account = await dependencies.directory.findAccount(username);
    if (account === undefined) throw new OcmError(401, 'The account of the token does not exist');
    c.set('caller', account);
    await next();
  };
}

/** Throws OcmError 403 unless the caller is a service account. */
export function requireServiceAccount(caller: Account): void {
  if (!caller.service_account) throw new OcmError(403, 'Only a service account may do this');
}
