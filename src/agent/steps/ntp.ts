import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import type { NtpSynchronizationRequest, NtpSynchronizationResponse } from '../protocol/step-payloads';
import { fail, succeed } from '../protocol/step-answer';
import type { RunStep } from './step-context';

type SourceState = NtpSynchronizationResponse['ntp_sources'][number]['source_state'];

/** Second character of a line of `chronyc sources`. */
const states: Readonly<Record<string, SourceState>> = { '*': 'synced', '+': 'combined', '-': 'not_combined', '?': 'unreachable', x: 'error', '~': 'variable' };

const isRequest = (value: unknown): value is NtpSynchronizationRequest => isRecord(value) && typeof value['ntp_source'] === 'string';
/** No longer than a name in DNS may be. */
const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/.test(name);

/** Gives chrony the sources it does not have yet and tells how it stands with all of them. */
export const ntp: RunStep = async (args, { machine, log, signal }) => {
  const { ntp_source: asked } = findJson(args, isRequest);
  if (!machine.has('chronyc')) return fail(127, 'chronyc is not installed on this machine');
  const known = await machine.run('chronyc', ['-n', 'sources'], { signal });
  if (known.end !== 'exited' || known.code !== 0) return fail(1, `chronyc ${describeProgramEnd(known)}: ${known.stdout.trim()}`);
  const knownNames = (await machine.run('chronyc', ['sources'], { signal })).stdout;
  for (const name of asked.split(',').map((text) => text.trim()).filter(isName)) {
    if (listSources(`${known.stdout}\n${knownNames}`).some((source) => source.source_name === name)) continue;
    const added = await machine.run('chronyc', ['add', 'server', name, 'iburst'], { signal });
    // "Source already present" is what a name answers whose address is one of the sources.
    if (added.end !== 'exited' || added.code !== 0) log(`chrony does not take the source ${name}: ${(added.stdout || added.stderr).trim()}`);
  }
  const now = await machine.run('chronyc', ['sources'], { signal });
  if (now.end !== 'exited' || now.code !== 0) return fail(1, `chronyc ${describeProgramEnd(now)}`);
  const response: NtpSynchronizationResponse = { ntp_sources: listSources(now.stdout) };
  return succeed(response);
};

function listSources(text: string): NtpSynchronizationResponse['ntp_sources'] {
  return text.split('\n').flatMap((line) => {
    const [, flag = '', name] = /^[\^=#]([*+\-?x~])\s+(\S+)/.exec(line) ?? [];
    const state = states[flag];
    return name === undefined || state === undefined ? [] : [{ source_name: name, source_state: state }];
  });
}
