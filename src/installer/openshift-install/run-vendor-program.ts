import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { ProgramCall, RunProgram } from '../../domain/program/program';
import { ArtefactError } from '../artefact-error';

const maxOutputBytes = 1024 * 1024;
const maxReason = 400;
/** What looks like a credential: values of JSON auths and long runs of base64. */
const credentials = [/("(?:auth|password|token|pullSecret)"\s*:\s*")[^"]*/gi, /((?:password|token|secret)=)\S+/gi, /()[A-Za-z0-9+/]{40,}={0,2}/g];

/**
 * Runs a program of the vendor to its good end. Throws ArtefactError with the end of its error output, without what looks like a secret, where it
 * ended with a code: the same input would end so again. Throws other errors where it was cancelled, took too long or was not there.
 */
export async function runVendorProgram(run: RunProgram, title: string, call: Omit<ProgramCall, 'maxOutputBytes'>): Promise<void> {
  const result = await run({ ...call, maxOutputBytes });
  call.signal?.throwIfAborted();
  if (result.end === 'exited' && result.code === 0) return;
  const reason = `${title} ${mask(describeProgramEnd(result))}`;
  throw result.end === 'exited' ? new ArtefactError(reason) : new Error(reason);
}

function mask(text: string): string {
  const masked = credentials.reduce((current, pattern) => current.replace(pattern, '$1***'), text).replace(/\s+/g, ' ');
  return masked.length <= maxReason ? masked : `${masked.slice(0, 80)} … ${masked.slice(80 - maxReason)}`;
}
