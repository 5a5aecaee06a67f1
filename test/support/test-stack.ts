import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devSettings } from '../../src/dev/settings';
import { findCacheDir } from '../../src/dev/cache-dir';
import { buildProgram } from '../../src/dev/build/build-program';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { startAmsStandin } from '../../src/dev/parts/ams-standin';
import { ensureDatabase } from '../../src/dev/parts/ensure-database';
import { startPostgres } from '../../src/dev/parts/postgres';
import { startS3 } from '../../src/dev/parts/s3';
import { startTemporal } from '../../src/dev/parts/temporal';
import { makeDevIdentities, makeUser } from '../../src/dev/identities';
import { obtainMoto } from '../../src/dev/tools/obtain-moto';
import { obtainTimeSkippingServer } from '../../src/dev/tools/obtain-time-skipping-server';
import { obtainTool } from '../../src/dev/tools/obtain-tool';
import { ignitionValidateTool, temporalTool, versitygwTool } from '../../src/dev/tools/tool';
import { findFreePort } from './free-port';
import { startMoto } from './start-moto';
import type { TestParts } from './parts';

/** The parts of one test run, on free ports and temporary data; each starts when the first test asks for it. */
export class TestStack {
  private readonly dir = mkdtempSync(join(tmpdir(), 'assisted-test-'));
  private readonly started = new Map<keyof TestParts, Promise<unknown>>();
  private readonly stops: (() => Promise<void>)[] = [];
  private readonly tools = { cacheDir: findCacheDir(), log: (line: string) => process.stderr.write(`${line}\n`) };
  private server: Server | undefined;

  /** Opens the door through which test files, which run in processes of their own, ask for parts; returns its URL. */
  async open(): Promise<string> {
    const server = createServer((request, response) => {
      this.get((request.url ?? '').slice(1) as keyof TestParts).then(
        (part) => response.end(JSON.stringify(part)),
        (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
      );
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the test stack has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Gets what is missing before tests with time-outs wait for it; a fault is told to the tests that need the program. */
  async prepare(): Promise<void> {
    await Promise.allSettled([
      obtainTool(temporalTool, this.tools),
      obtainTool(versitygwTool, this.tools),
      obtainTool(ignitionValidateTool, this.tools),
      obtainTimeSkippingServer(this.tools),
      obtainMoto(this.tools),
      // Once, not by each of the first files that need it.
      buildWorkflowBundle(),
    ]);
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    await Promise.allSettled(this.started.values());
    for (const stop of this.stops.reverse()) await stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  private get<Name extends keyof TestParts>(name: Name): Promise<TestParts[Name]> {
    const running = this.started.get(name) ?? this.makers[name]?.() ?? Promise.reject(new Error(`no part ${name}`));
    this.started.set(name, running);
    return running as Promise<TestParts[Name]>;
  }

  private readonly makers: { [Name in keyof TestParts]: () => Promise<TestParts[Name]> } = {
    postgres: async () => {
      const part = await startPostgres({
        dataDir: join(this.dir, 'postgres'),
        port: await findFreePort(),
        logFile: this.log('postgres'),
        durable: false,
      });
      this.stops.push(part.stop);
      return { url: part.url };
    },
    temporal: async () => {
      const { executable } = await this.get('temporalCli');
      const [port, uiPort] = [await findFreePort(), await findFreePort()];
      const part = await startTemporal({ executable, port, uiPort, logFile: this.log('temporal') });
      this.stops.push(part.stop);
      return { address: part.address, uiUrl: part.uiUrl, namespace: devSettings.temporal.namespace };
    },
    temporalCli: async () => ({ executable: await obtainTool(temporalTool, this.tools) }),
    timeSkipping: async () => ({ executable: (await obtainTimeSkippingServer(this.tools)) ?? null }),
    ignitionValidate: async () => ({ executable: await obtainTool(ignitionValidateTool, this.tools) }),
    s3: async () => {
      const part = await startS3({
        executable: await obtainTool(versitygwTool, this.tools),
        port: await findFreePort(),
        dataDir: join(this.dir, 's3'),
        iamDir: join(this.dir, 's3-iam'),
        logFile: this.log('s3'),
      });
      this.stops.push(part.stop);
      return { url: part.url, region: part.region, accessKey: part.accessKey, secretKey: part.secretKey };
    },
    moto: async () => {
      try {
        const part = await startMoto({ python: await obtainMoto(this.tools), port: await findFreePort(), logFile: this.log('moto') });
        this.stops.push(part.stop);
        return { url: part.url };
      } catch (error) {
        return { missing: error instanceof Error ? error.message : String(error) };
      }
    },
    ams: async () => {
      const postgres = await this.get('postgres');
      await ensureDatabase(postgres.url, devSettings.postgres.amsDatabase);
      const databaseUrl = new URL(postgres.url);
      databaseUrl.pathname = devSettings.postgres.amsDatabase;
      const made = makeDevIdentities();
      const identities = { ...made, users: { ...made.users, colleague: makeUser('colleague', made.users.user.orgId) } };
      const part = await startAmsStandin({
        script: await buildProgram('ams-standin'),
        port: await findFreePort(),
        databaseUrl: databaseUrl.href,
        identities,
        logFile: this.log('ams'),
      });
      this.stops.push(part.stop);
      return { url: part.url, tokenUrl: part.tokenUrl, jwksUrl: part.jwksUrl, identities };
    },
  };

  private log(name: string): string {
    return join(this.dir, `${name}.log`);
  }
}
