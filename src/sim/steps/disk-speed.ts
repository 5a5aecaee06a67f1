import type { DiskSpeedCheckRequest, DiskSpeedCheckResponse } from '../../agent/protocol/step-payloads';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';
import { isRecord } from '../../agent/protocol/is-record';

/** A disk that syncs in 3 ms. */
export const checkDiskSpeed: AnswerStep = (args) => {
  const { path } = findJson(args, (value): value is DiskSpeedCheckRequest => isRecord(value) && typeof value['path'] === 'string');
  const response: DiskSpeedCheckResponse = { io_sync_duration: 3, path };
  return succeed(response);
};
