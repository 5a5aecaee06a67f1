import type { ImageAvailabilityRequest, ImageAvailabilityResponse } from '../../agent/protocol/step-payloads';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';
import { isRecord } from '../../agent/protocol/is-record';

/** Every image can be pulled, at 40 MB/s. */
export const checkImageAvailability: AnswerStep = (args) => {
  const { images } = findJson(args, (value): value is ImageAvailabilityRequest => isRecord(value) && Array.isArray(value['images']));
  const response: ImageAvailabilityResponse = {
    images: images.map((name) => ({ name, size_bytes: 400_000_000, time: 10, download_rate: 40, result: 'success' })),
  };
  return succeed(response);
};
