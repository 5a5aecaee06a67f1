import { describe, expect, it } from 'vitest';
import { applyIntent } from '../../../src/domain/cluster/apply-intent';
import type { GenerateImageIntent } from '../../../src/domain/cluster/intents';
import { isRefusal } from '../../../src/domain/refusal';
import { settings, Story } from './story';

const request: GenerateImageIntent = { operation: 'generateImage', sshPublicKey: 'ssh-rsa AAAA', imageType: 'full-iso', staticNetworkConfig: '' };
const built = { kind: 'imageBuilt', sizeBytes: 1000, sshPublicKey: 'ssh-rsa AAAA', imageType: 'full-iso', staticNetworkConfig: '' } as const;

function decide(story: Story, intent: GenerateImageIntent = request, under = settings): string {
  const change = applyIntent(story.snapshot, intent, story.now, under);
  return isRefusal(change) ? change.type : (change.image ?? 'none');
}

describe('generate image', () => {
  it('builds once, then uses the image again for an equal request', () => {
    const story = new Story();
    expect(decide(story)).toBe('build');
    story.do(request);
    expect(decide(story)).toBe('Conflict');
    story.outcome(built).pass(10_000);
    expect(story.snapshot.infraEnv).toMatchObject({ imageGenerated: true, imageSizeBytes: 1000 });
    expect(decide(story)).toBe('reuse');
    expect(decide(story, { ...request, sshPublicKey: '' })).toBe('build');
    expect(decide(story, { ...request, imageType: 'minimal-iso' })).toBe('build');
    const end = story.snapshot.infraEnv.imageExpiresAt;
    story.do(request);
    expect(story.snapshot.infraEnv.imageExpiresAt?.getTime()).toBe((end?.getTime() ?? 0) + 10_000);
    expect(story.events.at(-1)?.name).toBe('image_reused');
  });

  it('builds anew after the proxy changed, also while the former image was being built', () => {
    const story = new Story().do(request).outcome(built).do({ operation: 'updateCluster', httpProxy: 'http://proxy:1' }).pass(10_000);
    expect(decide(story)).toBe('build');
    const during = new Story().do(request).do({ operation: 'updateCluster', httpProxy: 'http://proxy:1' }).outcome(built).pass(10_000);
    expect(during.snapshot.infraEnv.imageGenerated).toBe(true);
    expect(decide(during)).toBe('build');
  });

  it('builds anew after a failure', () => {
    const story = new Story().do(request).outcome({ kind: 'imageBuildFailed', reason: 'no base image' }).pass(10_000);
    expect(decide(story)).toBe('build');
  });

  it('takes part in the making of an equal image, of which nothing is told before there is one', () => {
    const story = new Story().do(request).pass(10_000);
    expect([decide(story), decide(story, { ...request, sshPublicKey: 'ssh-rsa BBBB' })]).toEqual(['reuse', 'build']);
    story.do(request);
    expect(story.events.filter(({ name }) => name === 'image_reused')).toEqual([]);
    expect(story.snapshot.infraEnv).toMatchObject({ imageGenerated: false, imageCreatedAt: story.now });
    story.outcome(built).pass(10_000);
    expect([story.snapshot.infraEnv.imageGenerated, decide(story)]).toEqual([true, 'reuse']);
  });

  it('takes equal things for equal, however they are written', () => {
    const network = 'interfaces: []HHHHH02:00:00:00:00:0A=eth0\n02:00:00:00:00:0b=eth1';
    const first = { ...request, sshPublicKey: 'ssh-rsa AAAA\nssh-rsa BBBB', staticNetworkConfig: network };
    const story = new Story({ httpProxy: 'http://proxy:1', noProxy: 'a.example.com,10.0.0.0/8' }).do(first).outcome({ ...built, ...first, kind: 'imageBuilt' }).pass(10_000);
    expect(decide(story, { ...first, sshPublicKey: 'ssh-rsa AAAA\r\n\n ssh-rsa BBBB\n' })).toBe('reuse');
    expect(decide(story, { ...first, staticNetworkConfig: network.toUpperCase().replace('INTERFACES', 'interfaces').replaceAll('ETH', 'eth') })).toBe('reuse');
    expect(decide(story, { ...first, staticNetworkConfig: network.replace('0b=eth1', '0c=eth1') })).toBe('build');
    story.do({ operation: 'updateCluster', noProxy: 'a.example.com, 10.0.0.0/8' });
    expect(decide(story, first)).toBe('reuse');
    story.do({ operation: 'updateCluster', noProxy: 'a.example.com' });
    expect(decide(story, first)).toBe('build');
  });

  it('builds anew when the service puts other things into its images', () => {
    const story = new Story().do(request).outcome(built).pass(10_000);
    expect([decide(story), decide(story, request, { ...settings, imageBasis: 'another address of the service' })]).toEqual(['reuse', 'build']);
  });

  it('builds anew after the pull secret changed', () => {
    const story = new Story().do(request).outcome(built).do({ operation: 'updateCluster', pullSecretSet: true }).pass(10_000);
    expect(story.snapshot.infraEnv.imageGenerated).toBe(true);
    expect(decide(story)).toBe('build');
  });

  it('keeps the static network of hosts, and builds anew when it is another', () => {
    const withNetwork = { ...request, staticNetworkConfig: 'aHHHHH02:00:00:00:00:01=eth0' };
    const story = new Story().do(withNetwork).outcome({ ...built, staticNetworkConfig: withNetwork.staticNetworkConfig }).pass(10_000);
    expect(story.snapshot.infraEnv).toMatchObject({ imageGenerated: true, staticNetworkConfig: withNetwork.staticNetworkConfig });
    expect([decide(story, withNetwork), decide(story)]).toEqual(['reuse', 'build']);
  });

  it('needs a pull secret', () => {
    expect(decide(new Story().do({ operation: 'updateCluster', pullSecretSet: false }))).toBe('Invalid');
  });

  it('expires: the duty stays until the image is gone', () => {
    const story = new Story().do(request).outcome(built);
    expect(story.evaluation.deadline).toMatchObject({ name: 'image expiry', at: new Date(story.now.getTime() + settings.deadlines.imageExpiration) });
    story.pass(settings.deadlines.imageExpiration);
    expect(story.evaluation.duties).toEqual(['expireImage']);
    expect(story.evaluation.deadline?.name).toBe('inactivity warning');
    story.outcome({ kind: 'imageDeleted', cause: 'expired' });
    expect(story.evaluation.duties).toEqual([]);
    expect(story.events.at(-1)?.name).toBe('image_deleted_expired');
  });
});
