import { access, chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error';
import { withLock } from '../process/lock';
import { runCommand } from './run-command';

const version = '1.38.0';
const vendorDownload = 'https://temporal.download/temporal-test-server/default';

export interface TimeSkippingOptions {
  cacheDir: string;
  log: (line: string) => void;
  vendorUrl?: string;
}

/**
 * The Java server whose time a test can skip: path of an executable made from Maven's artefacts, once per cache,
 * or undefined when the SDK can download its own.
 */
export async function obtainTimeSkippingServer(options: TimeSkippingOptions): Promise<string | undefined> {
  const { cacheDir, log, vendorUrl = vendorDownload } = options;
  const home = join(cacheDir, `temporal-test-server-${version}`);
  const path = join(home, 'temporal-test-server');
  if (await exists(path)) return path;
  if (await isReachable(vendorUrl)) return undefined;
  await requireJava();
  return withLock(
    `${home}.lock`,
    async () => {
      if (!(await exists(path))) await make(home, cacheDir, log);
      return path;
    },
    (pid) => log(`time-skipping server: waiting for process ${pid}, which is getting it`),
  );
}

async function make(home: string, cacheDir: string, log: (line: string) => void): Promise<void> {
  log(`time-skipping server: getting temporal-test-server ${version} with Maven`);
  await mkdir(cacheDir, { recursive: true });
  const dir = await mkdtemp(join(cacheDir, '.time-skipping-'));
  try {
    await writeFile(join(dir, 'pom.xml'), pom);
    await runCommand('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], {
      cwd: dir,
      timeoutMs: 10 * 60_000,
    });
    const script = join(dir, 'temporal-test-server');
    await writeFile(script, launcher);
    await chmod(script, 0o755);
    await rename(dir, home);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev</groupId>
  <artifactId>time-skipping-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

const launcher = `#!/bin/sh
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;

async function requireJava(): Promise<void> {
  for (const [command, flag] of [
    ['java', '-version'],
    ['mvn', '--version'],
  ] as const) {
    try {
      await runCommand(command, [flag], { timeoutMs: 20_000 });
    } catch {
      throw new LaunchError(
        `time-skipping server: its download is not reachable and there is no ${command}; ` +
          'run: apt-get install -y --no-install-recommends default-jre-headless maven',
      );
    }
  }
}

async function isReachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(2_500) })).status < 500;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
