import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { Client, Connection } from '@temporalio/client';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { StackFile } from '../../src/dev/stack-file';
import { textOf } from '../support/run-histories';

/** A place where secrets may have got to, and all that is there. */
export interface Place {
  name: string;
  text: string;
}

/** What the service's processes wrote to their logs. */
export const readLogs = (dataDir: string): Place[] =>
  readdirSync(join(dataDir, 'logs')).map((name) => ({ name: `log ${name}`, text: readFileSync(join(dataDir, 'logs', name), 'utf8') }));

/** Every row of every table of the service's database as text. */
export async function dumpDatabase(url: string): Promise<Place[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const tables = await sql<{ name: string }[]>`
      SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
    return await Promise.all(tables.map(async ({ name }) => {
      const rows = await sql.unsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${name} t`);
      return { name: `table ${name}`, text: rows.map(({ row }) => row).join('\n') };
    }));
  } finally {
    await sql.end();
  }
}

/** Everything in a bucket, by key; objects that are left out are those whose content is not asked for. */
export async function readBucket(file: StackFile, bucket: string, isRead: (key: string) => boolean): Promise<Map<string, string | undefined>> {
  const credentials = { accessKeyId: file.s3_access_key_id, secretAccessKey: file.s3_secret_access_key };
  const s3 = new S3Client({ endpoint: file.s3_url, region: file.s3_region, forcePathStyle: true, credentials });
  const objects = new Map<string, string | undefined>();
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    for (const { Key: key = '' } of page.Contents ?? []) {
      const { Body: body } = isRead(key) ? await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })) : {};
      objects.set(key, body && Buffer.from(await body.transformToByteArray()).toString('latin1'));
    }
  }
  s3.destroy();
  return objects;
}

/** The histories of all workflows, with their payloads decoded, memos and search attributes included. */
export async function exportHistories({ temporal_address: address, temporal_namespace: namespace }: StackFile): Promise<Place[]> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const places: Place[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    places.push({ name: `history ${workflowId} ${runId}`, text: `${textOf(history)}\n${textOf(description.raw)}` });
  }
  await connection.close();
  return places;
}
