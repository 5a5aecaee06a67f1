import { createInstallWork } from '../install/install-work';
import { MediumUnreadable } from '../install/image-source';
import { installerRetries } from '../protocol/installer/installer-run';
import { parseInstallCommand } from '../protocol/installer/parse-install-command';
import { runInstaller } from '../protocol/installer/run-installer';
import { fail, succeed } from '../protocol/step-answer';
import type { RunStep } from './step-context';

/** By this exit code the service knows that the medium the machine was started from broke. */
const mediumUnreadable = 256;

/** Installs this machine; the agent restarts it once the answer has arrived. */
export const install: RunStep = async (args, context) => {
  const command = parseInstallCommand(args);
  const { client, hostId, log, signal } = context;
  try {
    await runInstaller({
      role: command.role,
      singleNode: command.singleNode,
      hostId,
      client,
      work: createInstallWork(command, context),
      retries: installerRetries,
      signal,
      observe: (event) => log(event.kind === 'stage' ? `stage ${event.stage} ${event.info}`.trim() : `logs were not sent: ${event.reason}`),
    });
    return succeed();
  } catch (error) {
    if (error instanceof MediumUnreadable) return fail(mediumUnreadable, error.message);
    throw error;
  }
};
