import { existsSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { findMissingTools } from '../base-image/missing-tools';
import { checkout } from '../checkout';
import { compareNode, isAtLeast, isSupportedPlatform } from '../machine';
import { findPostgresBinaries } from '../parts/postgres-binaries';
import { checkPorts, listPorts } from '../ports';
import { devSettings } from '../settings';
import { findGo, isRecentGo, minimumGo } from '../tools/find-go';
import { planTool, type ToolPlan } from '../tools/plan-tool';
import { runCommand } from '../tools/run-command';
import { temporalTool, versitygwTool, type Tool } from '../tools/tool';
import type { Check } from './check';

const aptInstall = 'apt-get install -y --no-install-recommends';
const gigabyte = 1e9;

/** All checks of a machine, each with what mends it. */
export async function runChecks({ cacheDir }: { cacheDir: string }): Promise<Check[]> {
  const [postgres, temporal, versitygw, ...rest] = await Promise.all([
    checkPostgres(),
    checkTool(temporalTool, cacheDir),
    checkTool(versitygwTool, cacheDir),
    checkGo(),
    checkUnshare(),
    checkTimerTests(),
    checkBaseImageTools(),
    checkDefaultPorts(),
  ]);
  return [
    checkNode(),
    checkPlatform(),
    postgres,
    temporal,
    versitygw,
    ...rest,
    checkDisk('disk, checkout', checkout),
    checkDisk('disk, cache', cacheDir),
    checkMemory(),
  ];
}

function checkNode(): Check {
  const { version, needed } = compareNode();
  if (isAtLeast(version, needed)) return { name: 'node', state: 'ok', detail: version };
  return { name: 'node', state: 'missing', detail: `${version} is too old`, fix: `install Node ${needed} or newer` };
}

function checkPlatform(): Check {
  const detail = `${process.platform} ${process.arch}`;
  if (isSupportedPlatform()) return { name: 'platform', state: 'ok', detail };
  return { name: 'platform', state: 'missing', detail, fix: 'use 64-bit Linux, or temporal-dev.yml with a container engine' };
}

async function checkPostgres(): Promise<Check> {
  try {
    const { description } = await findPostgresBinaries();
    return { name: 'postgres', state: 'ok', detail: `runs ${description}` };
  } catch (error) {
    const [detail = '', fix] = messageOf(error)
      .replace(/^Postgres: /, '')
      .split('; ');
    return { name: 'postgres', state: 'missing', detail, ...(fix ? { fix: fix.replace(/^run: /, '') } : {}) };
  }
}

async function checkTool(tool: Tool, cacheDir: string): Promise<Check> {
  try {
    return { name: tool.name, state: 'ok', detail: describePlan(tool, await planTool(tool, { cacheDir })) };
  } catch (error) {
    const [detail = '', fix] = messageOf(error).split('; ');
    return { name: tool.name, state: 'missing', detail, ...(fix ? { fix } : {}) };
  }
}

function describePlan(tool: Tool, plan: ToolPlan): string {
  if (plan.kind === 'there') return `${plan.path} (from ${plan.source})`;
  if (plan.kind === 'download') return `${tool.version} will be downloaded from ${new URL(plan.release.archive).host}`;
  return `${tool.version} will be built once with Go ${plan.go}, which takes several minutes`;
}

async function checkGo(): Promise<Check> {
  const version = await findGo();
  const needed = 'only where temporal and versitygw cannot be downloaded';
  if (version && isRecentGo(version)) return { name: 'go', state: 'ok', detail: `${version}, needed ${needed}` };
  const detail = version ? `${version} is older than ${minimumGo}, needed ${needed}` : `not found, needed ${needed}`;
  return { name: 'go', state: 'warn', detail, fix: `install Go ${minimumGo} or newer from go.dev/dl` };
}

async function checkUnshare(): Promise<Check> {
  const name = 'unshare';
  if (process.getuid?.() !== 0) return { name, state: 'ok', detail: 'not needed: this user is not root' };
  try {
    await runCommand('unshare', ['--user', '--map-user=65534', 'true'], { timeoutMs: 5_000 });
    return { name, state: 'ok', detail: 'user namespaces work: Postgres runs in one' };
  } catch {
    return { name, state: 'warn', detail: 'user namespaces are refused here', fix: 'run as an ordinary user' };
  }
}

async function checkTimerTests(): Promise<Check> {
  const absent = await listAbsent([
    ['java', '-version'],
    ['mvn', '--version'],
  ]);
  const name = 'java, maven';
  if (absent.length === 0) return { name, state: 'ok', detail: 'for the timer tests of npm test' };
  const detail = `no ${absent.join(', no ')}: the timer tests need the SDK's download then`;
  return { name, state: 'warn', detail, fix: `${aptInstall} default-jre-headless maven` };
}

async function checkBaseImageTools(): Promise<Check> {
  const name = 'base image tools';
  const missing = await findMissingTools();
  if (!missing) return { name, state: 'ok', detail: 'bootable base images can be made' };
  const detail = `no ${missing.programs.join(', no ')}: base images will have the layout only and not boot`;
  return { name, state: 'warn', detail, fix: missing.remedy };
}

async function checkDefaultPorts(): Promise<Check> {
  const { defaultPortBase, ports } = devSettings;
  try {
    await checkPorts(listPorts(defaultPortBase));
    const last = defaultPortBase + Math.max(...Object.values(ports));
    return { name: 'ports', state: 'ok', detail: `${defaultPortBase} to ${last} are free` };
  } catch (error) {
    const [detail = ''] = messageOf(error).split('; ');
    return { name: 'ports', state: 'warn', detail, fix: 'npm start -- --port-base N' };
  }
}

function checkDisk(name: string, dir: string): Check {
  let existing = dir;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  const free = Number(bavail) * Number(bsize);
  const detail = `${(free / gigabyte).toFixed(1)} GB free`;
  if (free > 4 * gigabyte) return { name, state: 'ok', detail };
  return { name, state: free > gigabyte ? 'warn' : 'missing', detail, fix: `make room at ${existing}; 4 GB are comfortable` };
}

function checkMemory(): Check {
  const detail = `${(freemem() / gigabyte).toFixed(1)} of ${(totalmem() / gigabyte).toFixed(1)} GB free`;
  if (totalmem() >= 2 * gigabyte) return { name: 'memory', state: 'ok', detail };
  return { name: 'memory', state: 'warn', detail, fix: 'use a machine with 2 GB or more' };
}

async function listAbsent(programs: readonly (readonly [string, string])[]): Promise<string[]> {
  const found = await Promise.all(
    programs.map(([command, flag]) =>
      runCommand(command, [flag], { timeoutMs: 20_000 }).then(
        () => true,
        (error: Error) => (error.cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT',
      ),
    ),
  );
  return programs.flatMap(([command], index) => (found[index] ? [] : [command]));
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
