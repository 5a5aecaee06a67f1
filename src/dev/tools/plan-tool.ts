import { LaunchError } from '../launch-error';
import { findGo, isRecentGo, minimumGo } from './find-go';
import { locateTool } from './locate-tool';
import type { Tool } from './tool';

export type ToolPlan =
  { kind: 'there'; path: string; source: string } | { kind: 'download'; release: Tool['releases'][number] } | { kind: 'build'; go: string };

export interface PlanOptions {
  cacheDir: string;
  searchPath?: string;
  probeTimeoutMs?: number;
  findGo?: () => Promise<string | undefined>;
}

/**
 * Decides within a few seconds how a tool is got: it is there, the vendor's download is reachable, or Go builds it.
 * Throws a LaunchError, which names the command that helps, when there is no way.
 */
export async function planTool(tool: Tool, options: PlanOptions): Promise<ToolPlan> {
  const located = await locateTool(tool, options);
  if (located) return { kind: 'there', path: located.path, source: located.source };
  const [reachable, go] = await Promise.all([
    Promise.all(tool.releases.map((release) => isReachable(release.archive, options.probeTimeoutMs ?? 2_500))),
    (options.findGo ?? findGo)(),
  ]);
  const release = tool.releases.find((_, index) => reachable[index]);
  if (release) return { kind: 'download', release };
  if (go && isRecentGo(go)) return { kind: 'build', go };
  const found = go ? `Go ${go} is older than ${minimumGo}` : 'there is no Go';
  throw new LaunchError(
    `${tool.title}: ${tool.name} ${tool.version} is not on PATH, its download is not reachable and ${found}; ` +
      `install Go ${minimumGo} or newer and start again, or put it on PATH: go install ${tool.goPackage}`,
  );
}

async function isReachable(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    return response.ok;
  } catch {
    return false;
  }
}
