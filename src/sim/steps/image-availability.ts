import type { ImageAvailabilityRequest, ImageAvailabilityResponse } from '../../agent/protocol/step-payloads';
import { type AnswerStep, succeed } from './answer';
import { findJson } from './find-json';
import { isRecord } from './is-record';

/** Every image can be pulled, at 40 MB/s. */
export const checkImageAvailability: AnswerStep = (args) => {
  const { images } = findJson(args, (value) => isRecord(value) && Array.isArray(value['images'])) as ImageAvailabilityRequest;
  const response: ImageAvailabilityResponse = {
    images: images.map((name) => ({ name, size_bytes: 400_000_000, time: 10, download_rate: 40, result: 'success' })),
  };
  return succeed(response);
};
