import type { NtpSynchronizationRequest, NtpSynchronizationResponse } from '../../agent/protocol/step-payloads';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';
import { isRecord } from '../../agent/protocol/is-record';

/** The machine's own time server is in use and those it is told of are usable, unless its profile says otherwise. */
export const synchronizeNtp: AnswerStep = (args, { machine }) => {
  const { ntp_source: asked } = findJson(args, (value): value is NtpSynchronizationRequest => isRecord(value) && 'ntp_source' in value);
  const names = asked.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const response: NtpSynchronizationResponse = {
    ntp_sources: [{ source_name: 'time.example.com', source_state: machine.profile.ntpState ?? 'synced' }, ...names.map((name) => ({ source_name: name, source_state: machine.profile.ntpState ?? ('combined' as const) }))],
  };
  return succeed(response);
};
