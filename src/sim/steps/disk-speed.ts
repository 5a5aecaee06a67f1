import type { DiskSpeedCheckRequest, DiskSpeedCheckResponse } from '../../agent/protocol/step-payloads';
import { type AnswerStep, succeed } from './answer';
import { findJson } from './find-json';
import { isRecord } from './is-record';

/** A disk that syncs in 3 ms. */
export const checkDiskSpeed: AnswerStep = (args) => {
  const { path } = findJson(args, (value) => isRecord(value) && typeof value['path'] === 'string') as DiskSpeedCheckRequest;
  const response: DiskSpeedCheckResponse = { io_sync_duration: 3, path };
  return succeed(response);
};
