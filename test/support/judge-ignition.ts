import { spawnSync } from 'node:child_process';
import { getPart } from './parts';

/** Ignition's own validator: what it says against a configuration; empty when it takes it without a warning. */
export async function getIgnitionJudge(): Promise<(config: string) => string> {
  const { executable } = await getPart('ignitionValidate');
  return (config) => {
    const { status, stdout, stderr, error } = spawnSync(executable, ['-'], { input: config, encoding: 'utf8' });
    if (error) throw error;
    return `${stdout}${stderr}${status === 0 ? '' : `exit code ${status}`}`.trim();
  };
}
