import { podmanRun, unlessRunning } from '../podman-run';
import { findReleaseImages } from '../release-images';
import { shellJoin } from '../shell-quote';
import type { StepBuilder } from '../step';

const name = 'container_image_availability';

/** Has the images of the installation pulled that were not tried yet. */
export const buildContainerImageAvailability: StepBuilder = ({ snapshot: { cluster }, host, settings: { agent } }) => {
  const release = findReleaseImages(agent, cluster.openshiftVersion);
  if (release === undefined) return undefined;
  const images = [...new Set([agent.installerImage, release.mco, release.mustGather])].filter((image) => host.facts.imagesStatus[image] === undefined);
  if (images.length === 0) return undefined;
  const request = JSON.stringify({ images, timeout: agent.imagePullTimeoutSeconds });
  const run = shellJoin(['podman', ...podmanRun(agent.agentImage, ['container_image_availability', '--request', request], {
    name, mounts: ['/var/lib/containers:/var/lib/containers'], options: ['--pid=host'],
  })]);
  return { stepType: 'container-image-availability', command: 'sh', args: ['-c', unlessRunning(name, run)] };
};
