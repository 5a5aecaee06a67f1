import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { download } from '../download';
import { withLock } from '../process/lock';
import { cachedToolPath, locateTool } from './locate-tool';
import { planTool, type PlanOptions, type ToolPlan } from './plan-tool';
import { runCommand } from './run-command';
import type { Tool } from './tool';

export interface ObtainOptions extends PlanOptions {
  log: (line: string) => void;
  signal?: AbortSignal;
}

/** Path of a usable program: found, downloaded or built, the latter two once per cache. */
export async function obtainTool(tool: Tool, options: ObtainOptions, plan?: ToolPlan): Promise<string> {
  const decided = plan ?? (await planTool(tool, options));
  if (decided.kind === 'there') return decided.path;
  const { cacheDir, log } = options;
  return withLock(
    join(cacheDir, 'bin', `${tool.name}.lock`),
    async () => {
      const made = await locateTool(tool, options);
      return made ? made.path : makeTool(tool, decided, options);
    },
    (pid) => log(`${tool.title}: waiting for process ${pid}, which is getting it`),
  );
}

async function makeTool(tool: Tool, plan: Exclude<ToolPlan, { kind: 'there' }>, options: ObtainOptions): Promise<string> {
  const bin = join(options.cacheDir, 'bin');
  await mkdir(bin, { recursive: true });
  const dir = await mkdtemp(join(bin, `.${tool.name}-`));
  try {
    const program =
      plan.kind === 'download' ? await unpackRelease(tool, plan.release, dir, options) : await build(tool, plan.go, dir, options);
    const path = cachedToolPath(tool, options.cacheDir);
    await copyFile(program, join(dir, basename(path)));
    await chmod(join(dir, basename(path)), 0o755);
    await rename(join(dir, basename(path)), path);
    return path;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function unpackRelease(
  tool: Tool,
  { archive, checksums }: Tool['releases'][number],
  dir: string,
  { cacheDir, log, signal }: ObtainOptions,
): Promise<string> {
  log(`${tool.title}: downloading ${tool.name} ${tool.version} from ${new URL(archive).host}`);
  // Outside the temporary directory, so that the next start resumes an interrupted transfer.
  const file = join(cacheDir, 'downloads', `${tool.name}-${tool.version}-${process.arch}.tar.gz`);
  const sha256 = checksums ? await readChecksum(checksums, basename(new URL(archive).pathname)) : undefined;
  await download({ url: archive, file, log, ...(sha256 ? { sha256 } : {}), ...(signal ? { signal } : {}) });
  await runCommand('tar', ['-xzf', file, '-C', dir], { timeoutMs: 120_000 });
  await rm(file, { force: true });
  const program = await findFile(dir, tool.name);
  if (!program) throw new Error(`${archive} holds no file named ${tool.name}`);
  return program;
}

/** Source: lines of "<sha256>  <file>", as sha256sum and goreleaser write them. */
async function readChecksum(url: string, file: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  if (!response.ok) throw new Error(`checksums at ${url}: the server answered ${response.status}`);
  for (const line of (await response.text()).split('\n')) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (name === file && sum) return sum;
  }
  throw new Error(`checksums at ${url} do not name ${file}`);
}

async function findFile(dir: string, name: string): Promise<string | undefined> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const entry = entries.find((each) => each.isFile() && each.name === name);
  return entry && join(entry.parentPath, entry.name);
}

async function build(tool: Tool, go: string, dir: string, { log, signal }: ObtainOptions): Promise<string> {
  log(`${tool.title}: building ${tool.name} ${tool.version} with Go ${go}; once, it takes several minutes`);
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const ticker = setInterval(() => log(`${tool.title}: still building, ${elapsed()}`), 20_000);
  try {
    await runCommand('go', ['install', '-trimpath', '-ldflags=-s -w', tool.goPackage], {
      env: { ...process.env, GOBIN: dir },
      timeoutMs: 30 * 60_000,
      ...(signal ? { signal } : {}),
    });
  } finally {
    clearInterval(ticker);
  }
  log(`${tool.title}: built in ${elapsed()}`);
  return join(dir, tool.goProgram ?? tool.name);
}
