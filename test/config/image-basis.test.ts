import { describe, expect, it } from 'vitest';
import { imageBasis } from '../../src/config/image-basis';

const settings: Parameters<typeof imageBasis>[0] = {
  SERVICE_BASE_URL: 'http://service.example', AGENT_DOCKER_IMAGE: 'agent:1', SKIP_CERT_VERIFICATION: false, AGENT_TIMEOUT_START: 180_000, AUTH_TYPE: 'none',
  SERVICE_IPS: [], IMAGE_CONTENT_SOURCES: [], INSTALL_RH_CA: false, OPENSHIFT_VERSIONS: {},
};

describe('what the configuration puts into images', () => {
  it('is told by the same text as long as it is the same', () => {
    expect(imageBasis(settings)).toBe(imageBasis({ ...settings }));
    expect(imageBasis(settings)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Partial<typeof settings>]>([
    ['address of the service', { SERVICE_BASE_URL: 'http://service.example:8090' }],
    ['image of the agent', { AGENT_DOCKER_IMAGE: 'agent:2' }],
    ['authority', { SERVICE_CA_CERTIFICATE: 'PEM' }],
    ['fixed address', { SERVICE_IPS: ['192.0.2.1'] }],
    ['mirror', { IMAGE_CONTENT_SOURCES: [{ source: 'quay.io', mirrors: ['mirror.example'] }] }],
    ['key of the agents\' tokens', { AUTH_TYPE: 'local', EC_PRIVATE_KEY_PEM: 'KEY' }],
  ])('is another with another %s', (_what, change) => {
    expect(imageBasis({ ...settings, ...change })).not.toBe(imageBasis(settings));
  });
});
