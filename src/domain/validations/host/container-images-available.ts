import { failure, success, type HostValidation } from '../validation';

const minRateMbPerSecond = 0.001;

export const containerImagesAvailable: HostValidation = {
  id: 'container-images-available',
  category: 'network',
  evaluate: (_ctx, { facts: { imagesStatus } }) => {
    const images = Object.values(imagesStatus);
    const failed = images.filter((image) => image.result === 'failure').map(({ name }) => name);
    const slow = images.filter((image) => image.result !== 'failure' && (image.size_bytes ?? 0) > 0 && (image.download_rate ?? 0) < minRateMbPerSecond).map(({ name }) => name);
    if (failed.length + slow.length === 0) return success(images.length === 0 ? 'The container images have not been tried yet' : `All ${images.length} container images are available`);
    const problems = [
      ...(failed.length > 0 ? [`could not be pulled: ${failed.sort().join(', ')}`] : []),
      ...(slow.length > 0 ? [`came at less than ${minRateMbPerSecond} MB/s: ${slow.sort().join(', ')}`] : []),
    ];
    return failure(`Container images ${problems.join('; ')}`);
  },
};
