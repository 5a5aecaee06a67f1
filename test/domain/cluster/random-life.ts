import fc from 'fast-check';
import type { ClusterFact } from '../../../src/domain/cluster/facts';
import type { ChangeIntent } from '../../../src/domain/cluster/intents';
import { resettableValidations } from '../../../src/domain/host/reset-validation-facts';
import { hostStages } from '../../../src/domain/host/stage';
import { hostId, makeConnectivity, makeInventory, settings, Story, toFinalizing, toInstalling } from './story';

/** One thing that happens to a cluster. */
export interface Happening {
  name: string;
  run: (story: Story) => void;
}

const hostIndex = fc.integer({ min: 1, max: 3 });

const fact: fc.Arbitrary<ClusterFact> = fc.oneof(
  fc.record({ kind: fc.constant('hostProgress' as const), hostId: hostIndex.map(hostId), stage: fc.constantFrom(...hostStages), info: fc.constantFrom('', '50%') }),
  fc.record({ kind: fc.constant('hostInstallFailed' as const), hostId: hostIndex.map(hostId), reason: fc.constant('exit 1') }),
  fc.record({ kind: fc.constant('operatorReported' as const), name: fc.constantFrom('console', 'lso', 'none'), status: fc.constantFrom('available' as const, 'failed' as const), statusInfo: fc.constant('') }),
  fc.record({ kind: fc.constant('completionReported' as const), isSuccess: fc.boolean(), errorInfo: fc.constant('failed') }),
  fc.constant({ kind: 'vipsLeased' as const, apiVip: '192.168.126.100', ingressVip: '192.168.126.101', apiVipLease: '', ingressVipLease: '' }),
  fc.constant({ kind: 'kubeconfigUploaded' as const }),
  fc.record({ kind: fc.constant('hostLogsProgress' as const), hostId: hostIndex.map(hostId), state: fc.constantFrom('requested' as const, 'collecting' as const, 'completed' as const), uploaded: fc.boolean() }),
  fc.record({ kind: fc.constant('controllerLogsProgress' as const), state: fc.constantFrom('requested' as const, 'collecting' as const, 'completed' as const), uploaded: fc.boolean() }),
);

const intent: fc.Arbitrary<ChangeIntent> = fc.oneof(
  fc.constantFrom({ operation: 'install' as const }, { operation: 'cancel' as const }, { operation: 'reset' as const }),
  fc.constant({ operation: 'updateCluster' as const, apiVip: '192.168.126.100', ingressVip: '192.168.126.101' }),
  fc.constant({ operation: 'updateCluster' as const, pullSecretSet: false }),
  fc.constant({ operation: 'updateCluster' as const, pullSecretSet: true }),
  fc.record({ operation: fc.constantFrom('enableHost' as const, 'disableHost' as const, 'deregisterHost' as const, 'resetHost' as const, 'installHost' as const), hostId: hostIndex.map(hostId) }),
  fc.record({ operation: fc.constant('resetHostValidation' as const), hostId: hostIndex.map(hostId), validationId: fc.constantFrom(...resettableValidations) }),
  fc.constant({ operation: 'installHosts' as const }),
  fc.constant({ operation: 'generateImage' as const, sshPublicKey: '', imageType: 'full-iso' as const, staticNetworkConfig: '' }),
);

function stageStep(story: Story): void {
  for (const index of [1, 2, 3]) {
    const host = story.snapshot.hosts.find((candidate) => candidate.id === hostId(index));
    if (host === undefined || !host.status.startsWith('installing')) continue;
    const last = host.stage === '' ? 'Starting installation' : host.stage === 'Rebooting' ? 'Configuring' : host.stage === 'Configuring' ? 'Done' : 'Rebooting';
    story.progress(index, last);
  }
}

/** Things that lead forward are as likely as things that disturb, so that lives reach every phase. */
export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ name: 'prepare', run: (story: Story) => void story.prepareHosts().outcome({ kind: 'prepared', openshiftClusterId: 'id' }) }) },
  { weight: 3, arbitrary: fc.constant({ name: 'install', run: (story: Story) => void story.try({ operation: 'install' }) }) },
  { weight: 7, arbitrary: fc.constant({ name: 'stages', run: stageStep }) },
  { weight: 1, arbitrary: fc.constant({ name: 'preparation failed', run: (story: Story) => void story.outcome({ kind: 'preparationFailed', reason: 'x' }) }) },
  { weight: 1, arbitrary: fc.constant({ name: 'image built', run: (story: Story) =>
    void story.outcome({ kind: 'imageBuilt', sizeBytes: 1, sshPublicKey: '', imageType: 'full-iso', staticNetworkConfig: '' }) }) },
  { weight: 2, arbitrary: hostIndex.map((index) => ({ name: `register ${index}`, run: (story: Story) => void story.register(index) })) },
  { weight: 2, arbitrary: hostIndex.map((index) => ({ name: `inventory ${index}`, run: (story: Story) =>
    void story.setFacts(index, { inventory: makeInventory(index, story.now), connectivity: makeConnectivity(index, 3) }) })) },
  { weight: 2, arbitrary: fact.map((body) => ({ name: JSON.stringify(body), run: (story: Story) => void story.fact(body) })) },
  { weight: 2, arbitrary: intent.map((body) => ({ name: JSON.stringify(body), run: (story: Story) => void story.try(body) })) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(1_000, 60_000, 200_000, 600_000, 4_300_000, 90_000_000, 1_300_000_000), fc.boolean()).map(([time, silent]) =>
    ({ name: `pass ${time} ${silent}`, run: (story: Story) => void story.pass(time, { silent }) })) },
);

export const startOfLife = fc.constantFrom(
  () => new Story(),
  () => new Story({ vipDhcpAllocation: true }),
  () => new Story().discover().setVips(),
  () => new Story().discover().setVips().do({ operation: 'install' }),
  toInstalling,
  toFinalizing,
  () => new Story({}, { ...settings, autoReset: true }).discover().setVips().install(),
  () => new Story({ highAvailabilityMode: 'None', userManagedNetworking: true }).discover(1).do({ operation: 'updateCluster', machineNetworkCidr: '192.168.126.0/24' }).install(),
);

export const life = fc.tuple(startOfLife, fc.array(happening, { minLength: 3, maxLength: 25, size: 'max' }));

/** Plays a life; `each` looks at every step of it. */
export function playLife([start, happenings]: readonly [() => Story, readonly Happening[]], each: (story: Story) => void = () => undefined): Story {
  const story = start();
  for (const { run } of happenings) {
    run(story);
    each(story);
  }
  return story;
}
