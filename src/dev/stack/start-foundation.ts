import { join } from 'node:path';
import { buildProgram } from '../build/build-program';
import { findCacheDir } from '../cache-dir';
import type { DataDir } from '../data-dir';
import type { DevIdentities } from '../identities';
import { startAmsStandin, type AmsStandin } from '../parts/ams-standin';
import { ensureBucket } from '../parts/ensure-bucket';
import { ensureDatabase } from '../parts/ensure-database';
import { startPostgres, type Postgres } from '../parts/postgres';
import { startS3, type S3Server } from '../parts/s3';
import { setRetention } from '../parts/set-retention';
import { startTemporal, type TemporalServer } from '../parts/temporal';
import type { StackPorts } from '../ports';
import type { Preconditions } from '../preconditions';
import type { PartOwner } from '../process/spawn-part';
import type { Progress } from '../progress';
import { devSettings } from '../settings';
import { obtainTool } from '../tools/obtain-tool';
import { temporalTool, versitygwTool, type Tool } from '../tools/tool';
import type { ToolPlan } from '../tools/plan-tool';

export interface FoundationOptions {
  data: DataDir;
  ports: StackPorts;
  plans: Preconditions;
  progress: Progress;
  owner: PartOwner;
  identities: DevIdentities;
}

/** The parts the service stands on, each being started. */
export interface Foundation {
  postgres: Promise<Postgres>;
  ams: Promise<AmsStandin>;
  temporal: Promise<TemporalServer>;
  s3: Promise<S3Server>;
}

/** Starts, all at once, what the service needs; databases and buckets are there when the promises resolve. */
export function startFoundation(options: FoundationOptions): Foundation {
  const postgres = startDatabases(options);
  return {
    postgres,
    ams: startAms(options, postgres),
    temporal: startTemporalServer(options),
    s3: startS3WithBuckets(options),
  };
}

function startDatabases({ data, ports, progress, owner }: FoundationOptions): Promise<Postgres> {
  const { majorVersion, database, amsDatabase } = devSettings.postgres;
  const start = async () => {
    const logFile = data.logFile('postgres');
    const part = await startPostgres({ dataDir: join(data.path, 'postgres'), port: ports.postgres, logFile, owner });
    for (const name of [database, amsDatabase]) await ensureDatabase(part.url, name);
    return part;
  };
  return progress.step(`Postgres ${majorVersion}`, start, () => `ready on 127.0.0.1:${ports.postgres}`);
}

async function startAms(options: FoundationOptions, database: Promise<Postgres>): Promise<AmsStandin> {
  const { data, ports, progress, owner, identities } = options;
  const [postgres, script] = await Promise.all([database, buildProgram('ams-standin')]);
  const databaseUrl = postgres.urlOf(devSettings.postgres.amsDatabase);
  const logFile = data.logFile('ams');
  return progress.step(
    'AMS stand-in',
    () => startAmsStandin({ script, port: ports.ams, databaseUrl, identities, logFile, owner }),
    ({ url }) => `ready on ${url}`,
  );
}

async function startTemporalServer(options: FoundationOptions): Promise<TemporalServer> {
  const { data, ports, plans, progress, owner } = options;
  const executable = await getTool(temporalTool, plans.temporal, options);
  const start = async () => {
    const databaseFile = join(data.path, 'temporal', 'temporal.db');
    const logFile = data.logFile('temporal');
    const part = await startTemporal({ executable, port: ports.temporal, uiPort: ports.temporalUi, databaseFile, logFile, owner });
    await setRetention(executable, part);
    return part;
  };
  return progress.step('Temporal', start, ({ address, uiUrl }) => `ready on ${address}, Web on ${uiUrl}`);
}

async function startS3WithBuckets(options: FoundationOptions): Promise<S3Server> {
  const { data, ports, plans, progress, owner } = options;
  const executable = await getTool(versitygwTool, plans.versitygw, options);
  const start = async () => {
    const [dataDir, iamDir] = [join(data.path, 's3'), join(data.path, 's3-iam')];
    const part = await startS3({ executable, port: ports.s3, dataDir, iamDir, logFile: data.logFile('s3'), owner });
    await ensureBucket(part, devSettings.s3.bucket, { isPublic: false });
    await ensureBucket(part, devSettings.s3.publicBucket, { isPublic: true });
    return part;
  };
  return progress.step('S3 server', start, ({ url }) => `ready on ${url}`);
}

function getTool(tool: Tool, plan: ToolPlan, { progress, owner }: FoundationOptions): Promise<string> {
  return obtainTool(tool, { cacheDir: findCacheDir(), log: progress.log, signal: owner.signal }, plan);
}
