import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { spawnPart, type PartOwner, type RunningPart } from '../process/spawn-part';
import { devSettings } from '../settings';

export interface S3Options {
  /** Path of versitygw. */
  executable: string;
  port: number;
  /** Holds the objects as files, one directory a bucket. */
  dataDir: string;
  /** Without it an unknown access key would not be refused with 403. */
  iamDir: string;
  logFile: string;
  owner?: PartOwner;
}

export interface S3Server extends RunningPart {
  url: string;
  region: string;
  accessKey: string;
  secretKey: string;
}

/** Starts the S3 server on 127.0.0.1, signatures verified; ready when this resolves. */
export async function startS3(options: S3Options): Promise<S3Server> {
  const { port } = options;
  const { region, accessKey, secretKey } = devSettings.s3;
  const [dataDir, iamDir] = [resolve(options.dataDir), resolve(options.iamDir)];
  for (const dir of [dataDir, iamDir]) mkdirSync(dir, { recursive: true, mode: 0o700 });
  const part = spawnPart({
    name: 's3',
    command: [
      options.executable,
      ...['--port', `127.0.0.1:${port}`, '--region', region, '--health', '/health'],
      ...['--iam-dir', iamDir, '--quiet', 'posix', dataDir],
    ],
    env: { ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
    logFile: options.logFile,
    owner: options.owner,
    stopSignal: 'SIGTERM',
    hurrySignal: 'SIGKILL',
    stopGraceMs: 10_000,
  });
  const url = `http://127.0.0.1:${port}`;
  await part.untilReady(async () => (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok);
  return { ...part, url, region, accessKey, secretKey };
}
