import { createPrivateKey, createPublicKey, generateKeyPair, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { createLocalJWKSet, exportJWK } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { Database } from '../store/database';

const newKeyPair = promisify(generateKeyPair);
const lockKey = 4_815_162_343;

interface KeyRow {
  kid: string;
  private_key_pem: string;
}

/** The signing keys of this server: the newest signs, all of them verify and are published. */
export interface SigningKeys {
  current(): { kid: string; privateKey: KeyObject };
  jwks(): JSONWebKeySet;
  localKeySet(): ReturnType<typeof createLocalJWKSet>;
  /** Adds a key that signs from now on; with `revoke`, forgets all earlier keys. */
  rotate(options: { revoke: boolean }): Promise<void>;
}

async function insertKey(sql: Pick<Database, 'unsafe'>): Promise<void> {
  const { privateKey } = await newKeyPair('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await sql.unsafe('INSERT INTO ams.signing_keys (kid, private_key_pem) VALUES ($1, $2)', [randomUUID(), pem]);
}

/** Reads the persisted keys and creates the first one when there is none. */
export async function openSigningKeys(database: Database): Promise<SigningKeys> {
  await database.begin(async (sql) => {
    await sql`SELECT pg_advisory_xact_lock(${lockKey})`;
    const [known] = await sql`SELECT 1 FROM ams.signing_keys LIMIT 1`;
    if (known === undefined) await insertKey(sql);
  });

  let current: { kid: string; privateKey: KeyObject } | undefined;
  let jwks: JSONWebKeySet = { keys: [] };
  let keySet = createLocalJWKSet(jwks);

  async function load(): Promise<void> {
    const rows = await database<KeyRow[]>`SELECT kid, private_key_pem FROM ams.signing_keys ORDER BY created_at DESC, kid`;
    const keys = [];
    for (const row of rows) {
      const jwk = await exportJWK(createPublicKey(row.private_key_pem));
      keys.push({ ...jwk, kid: row.kid, alg: 'RS256', use: 'sig' });
    }
    const newest = rows[0];
    if (newest === undefined) throw new Error('there is no signing key');
    jwks = { keys };
    keySet = createLocalJWKSet(jwks);
    current = { kid: newest.kid, privateKey: createPrivateKey(newest.private_key_pem) };
  }
  await load();

  return {
    current() {
      if (current === undefined) throw new Error('there is no signing key');
      return current;
    },
    jwks: () => jwks,
    localKeySet: () => keySet,
    async rotate({ revoke }) {
      await database.begin(async (sql) => {
        await sql`SELECT pg_advisory_xact_lock(${lockKey})`;
        if (revoke) await sql`DELETE FROM ams.signing_keys`;
        await insertKey(sql);
      });
      await load();
    },
  };
}
