import { runCommand } from '../tools/run-command';
import { devSettings } from '../settings';

/** Makes the namespace keep finished workflows as long as the settings say; nothing is done when it does. */
export async function setRetention(executable: string, { address, uiUrl }: { address: string; uiUrl: string }): Promise<void> {
  const { namespace, retentionHours } = devSettings.temporal;
  const response = await fetch(`${uiUrl}/api/v1/namespaces/${namespace}`, { signal: AbortSignal.timeout(5_000) });
  const { config } = (await response.json()) as { config?: { workflowExecutionRetentionTtl?: string } };
  if (config?.workflowExecutionRetentionTtl === `${retentionHours * 3600}s`) return;
  await runCommand(
    executable,
    ['operator', 'namespace', 'update', '--namespace', namespace, '--retention', `${retentionHours}h`, '--address', address],
    { timeoutMs: 15_000 },
  );
}
