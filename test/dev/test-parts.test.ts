import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Connection } from '@temporalio/client';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { fetchUserTokens } from '../../src/dev/parts/ams-standin';
import { makeS3Client } from '../../src/dev/parts/ensure-bucket';
import { devSettings } from '../../src/dev/settings';
import { createBucket } from '../support/create-bucket';
import { startPatiently } from '../support/start-patiently';
import { createDatabase } from '../support/create-database';
import { getPart } from '../support/parts';
import { createTimeSkippingEnvironment } from '../support/time-skipping';

describe('the parts of a test run', () => {
  it('gives each suite an empty database of its own', async () => {
    const [first, second] = await Promise.all([createDatabase(), createDatabase()]);
    expect(first).not.toBe(second);
    const sql = postgres(first, { max: 1 });
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as major`;
    await sql.end();
    expect(row?.major).toBe(devSettings.postgres.majorVersion);
  });

  it('refuses a wrong database password', async () => {
    const url = new URL(await createDatabase());
    url.password = 'wrong';
    const sql = postgres(url.href, { max: 1 });
    await expect(sql`select 1`).rejects.toThrow(/password authentication failed/);
    await sql.end();
  });

  it('lets everybody read a public bucket, and nobody a private one without a signature', async () => {
    const [open, closed] = await Promise.all([createBucket({ isPublic: true }), createBucket()]);
    for (const access of [open, closed]) {
      const client = makeS3Client(access);
      await client.send(new PutObjectCommand({ Bucket: access.bucket, Key: 'a/b', Body: 'text' }));
      const { Body } = await client.send(new GetObjectCommand({ Bucket: access.bucket, Key: 'a/b' }));
      expect(await Body?.transformToString()).toBe('text');
      client.destroy();
    }
    expect((await fetch(`${open.url}/${open.bucket}/a/b`)).status).toBe(200);
    expect((await fetch(`${closed.url}/${closed.bucket}/a/b`)).status).toBe(403);
  });

  it('refuses a wrong S3 secret', async () => {
    const access = await createBucket();
    const client = makeS3Client({ ...access, secretKey: 'wrong' });
    await expect(client.send(new PutObjectCommand({ Bucket: access.bucket, Key: 'a', Body: 'x' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    client.destroy();
  });

  it('serves Temporal with the search attributes of the clusters', async () => {
    const { address, namespace } = await getPart('temporal');
    const connection = await Connection.connect({ address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    await connection.close();
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(Object.keys(devSettings.temporal.searchAttributes)));
  });

  it('runs a Temporal server for one suite from the same program', async () => {
    const { executable } = await getPart('temporalCli');
    const environment = await startPatiently(() => TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path: executable } },
    }));
    expect(environment.supportsTimeSkipping).toBe(false);
    await environment.teardown();
  });

  it('skips weeks on the time-skipping server', async () => {
    const environment = await createTimeSkippingEnvironment();
    const before = await environment.currentTimeMs();
    await environment.sleep('21 days');
    const after = await environment.currentTimeMs();
    await environment.teardown();
    expect(after - before).toBeGreaterThanOrEqual(21 * 24 * 3600 * 1000);
  });

  it('issues tokens for the development users and refuses others', async () => {
    const { tokenUrl, identities } = await getPart('ams');
    const { user } = identities.users;
    expect((await fetchUserTokens(tokenUrl, user)).access_token.split('.')).toHaveLength(3);
    await expect(fetchUserTokens(tokenUrl, { ...user, password: 'wrong' })).rejects.toThrow('401');
  });
});
