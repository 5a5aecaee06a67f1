import type { NtpSynchronizationRequest, NtpSynchronizationResponse } from '../../agent/protocol/step-payloads';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';
import { isRecord } from '../../agent/protocol/is-record';

/** The machine's own time server is in use; those it is told of are usable. */
export const synchronizeNtp: AnswerStep = (args) => {
  const { ntp_source: asked } = findJson(args, (value): value is NtpSynchronizationRequest => isRecord(value) && 'ntp_source' in value);
  const names = asked.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const response: NtpSynchronizationResponse = {
    ntp_sources: [{ source_name: 'time.example.com', source_state: 'synced' }, ...names.map((name) => ({ source_name: name, source_state: 'combined' as const }))],
  };
  return succeed(response);
};
