import { describe, expect, it } from 'vitest';
import { checkPullSecret, findAgentToken } from '../../../src/domain/input/pull-secret';
import { checkSshPublicKey } from '../../../src/domain/input/ssh-public-key';

const refused = expect.any(String);

const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBLoe52FJvGaQGZbrlRu+cnVVjjJE297ci6zoJpW0vLM user@example.com';
const ecdsa = 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFeBXZkrdczydqdEWIaK+zZDV7dexi+zJQhRcVWDtGQSmRJIvovmLmwOEjCh04Ujo5XwJKr+KPLif3CI8ysG7n8= user@example.com';
const rsa = [
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDB2CUQfAfGIVBsV43AcYkfLvMEA7Uy6JKsmMz3UoXW4Rm8XLE/dUNF77enMM1YAA6eYkpYJQ7a4hrsqThgSIb1Ptcjw+p0jBeY0XmRcCYiAewY2x',
  '6zjeNjR99ko4SWynZc0WBxR4jp1eMjgXDv2Sn1MnMmXh5wNtT9sbaYPhcF/Ggx7CWsm5nRv8HZdfRKaJECUhKFVUCEzrUeygk2qjLd30mrAKTkecpMo0Z/ao6cEtD6wtGhHLva3sR5ZqMGuxsaxr/r',
  'SNu7+Hiez5S2DCvliyevrPXZ+eQhIXMeVno7ohe5i1hxV9WiAOxD6lrMKEnGncSg25PUFQRKMPIS9DLQTvio8mKOFPNhC2irTe2sny+Fuf9/nl5xxp8GtMTNeNyUTh1CmIFnB4jKSq4FrzwLsI9vS/',
  'FHImYEy/wFC3w+m7jgZsCrooXPcDMYg5kJnXCl5dxnQUriwy1jmqhyMCLQGAOAIPfqC0iO8enOlhTKrj0hxFzPD99dXTY9FPvJjQs= user@example.com',
].join('');

describe('checkSshPublicKey', () => {
  it.each([ed25519, ecdsa, rsa, ` ${ed25519}\n\n${rsa}\n`])('takes keys of ssh-keygen, one or several', (keys) => {
    expect(checkSshPublicKey(keys)).toBeUndefined();
  });

  it.each([
    '', '\n', 'ssh-ed25519', 'ssh-ed25519 AAAA', ed25519.replace('ssh-ed25519', 'ssh-rsa'), ed25519.replace('vLM', ''), ed25519.slice(0, 60), `no-pty ${ed25519}`, `${ed25519}\nx`, `ssh-rsa ${'A'.repeat(400)}`,
  ])('refuses %#', (keys) => {
    expect(checkSshPublicKey(keys)).toEqual(refused);
  });

  it('tells which of several keys is wrong', () => {
    expect(checkSshPublicKey(`${ed25519}\nnonsense`)).toContain('2 of 2');
  });
});

describe('checkPullSecret', () => {
  const auth = btoa('user:secret-password');
  const secret = (...registries: string[]) => JSON.stringify({ auths: Object.fromEntries(registries.map((registry) => [registry, { auth }])) });
  const rules = { requiredRegistries: ['quay.io', 'docker.io', 'registry.stage.redhat.io'], requireOcmToken: true };

  it('takes a secret with all it needs', () => {
    expect(checkPullSecret(secret('cloud.openshift.com', 'quay.io', 'docker.io'), rules)).toBeUndefined();
    expect(checkPullSecret(secret('cloud.openshift.com', 'quay.io', 'https://index.docker.io/v1/'), rules)).toBeUndefined();
    expect(checkPullSecret(secret('quay.io'), { requiredRegistries: [], requireOcmToken: false })).toBeUndefined();
  });

  it('names what is missing', () => {
    expect(checkPullSecret(secret('quay.io', 'docker.io'), rules)).toContain('cloud.openshift.com');
    expect(checkPullSecret(secret('cloud.openshift.com', 'docker.io'), rules)).toContain('quay.io');
    expect(checkPullSecret(secret('cloud.openshift.com', 'quay.io'), rules)).toContain('docker.io');
  });

  it.each(['', 'x', '[]', '{}', '{"auths":[]}', '{"auths":{}}', '{"auths":{"a":{}}}', '{"auths":{"a":{"auth":5}}}', '{"auths":{"a":{"auth":"%%%"}}}'])('refuses %s', (text) => {
    expect(checkPullSecret(text, { requiredRegistries: [], requireOcmToken: false })).toEqual(refused);
  });

  it('wants a user and a password, and never repeats them', () => {
    for (const credentials of ['hidden', 'user:hidden:more']) {
      const reason = checkPullSecret(JSON.stringify({ auths: { a: { auth: btoa(credentials) } } }), { requiredRegistries: [], requireOcmToken: false });
      expect(reason).toEqual(refused);
      expect(reason).not.toContain('hidden');
      expect(reason).not.toContain(btoa(credentials));
    }
  });

  it('holds the token of the agents', () => {
    expect(findAgentToken(secret('cloud.openshift.com'))).toBe(auth);
    expect(findAgentToken(secret('quay.io'))).toBeUndefined();
    expect(findAgentToken('x')).toBeUndefined();
  });
});
