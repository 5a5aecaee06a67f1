import { rm } from 'node:fs/promises';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { succeed } from '../protocol/step-answer';
import type { RunStep } from './step-context';

/** What a bootstrap host's temporary control plane leaves behind. */
const bootstrapFolders = ['/etc/kubernetes/manifests', '/etc/kubernetes/static-pod-resources', '/opt/openshift'];

/** Ends what an installation left running; the agent registers anew once the answer has arrived. */
export const resetInstallation: RunStep = async (args, { machine, options, log, signal }) => {
  if (options.dryRun) {
    log('dry run: nothing is stopped');
    return succeed();
  }
  if (args.some((arg) => arg.includes('systemctl stop bootkube.service'))) {
    for (const unit of ['bootkube.service', 'kubelet.service']) {
      const stopped = await machine.run('systemctl', ['stop', unit], { signal, timeoutMs: 120_000 });
      if (stopped.end !== 'exited' || stopped.code !== 0) log(`${unit} was not stopped: systemctl ${describeProgramEnd(stopped)}`);
    }
    for (const folder of bootstrapFolders) await rm(`${machine.hostRoot}${folder}`, { recursive: true, force: true });
  }
  return succeed();
};
