import type { HostStatus } from '../../host/status';
import { decodeDiskSpeed } from '../decode-replies';
import { parseOutput } from '../parse-output';
import type { ReplyInput, StepOutcome, StepReply } from '../step-reply';
import { withDiskSpeed } from './disk-speed';

/** Exit code by which an agent says that it can't read the medium it was started from. */
const mediumUnreadable = 256;
const installing: readonly HostStatus[] = ['installing', 'installing-in-progress'];
const containerError = 125;
const mediumText = 'The medium the host was started from cannot be read';
const maxReasonLength = 500;

/** What a step that failed means: only an installation and a measurement of a disk do anything but being tried again. */
export function interpretFailedReply(reply: StepReply, { host }: ReplyInput): StepOutcome {
  if (reply.exitCode === mediumUnreadable) {
    return installing.includes(host.status) && !host.statusInfo.includes(mediumText) ? failInstallation(host.id, `${mediumText}: ${reply.error}`) : {};
  }
  if (reply.stepType === 'install') {
    return isAlreadyRunning(reply) ? {} : failInstallation(host.id, `exit code ${reply.exitCode}: ${reply.error}`);
  }
  if (reply.stepType === 'installation-disk-speed-check') {
    const path = findMeasuredPath(reply.output);
    return path === undefined ? {} : { patch: { disksInfo: withDiskSpeed(host, path, reply.exitCode) } };
  }
  return {};
}

function failInstallation(hostId: string, reason: string): StepOutcome {
  const trimmed = reason.trim().replace(/:$/, '');
  return { facts: [{ kind: 'hostInstallFailed', hostId, reason: trimmed.length > maxReasonLength ? `${trimmed.slice(0, maxReasonLength)}...` : trimmed }] };
}

/** True when the step came a second time while its container still works. */
function isAlreadyRunning({ exitCode, error, output }: StepReply): boolean {
  return exitCode === containerError && /container name "?assisted-installer"? is already in use/.test(`${error}\n${output}`);
}

/** The disk of a failed measurement; without one the container itself failed, and the step is sent again. */
function findMeasuredPath(output: string): string | undefined {
  try {
    return decodeDiskSpeed(parseOutput(output), 'reply').path;
  } catch {
    return undefined;
  }
}
