import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/controller/settings';

const environment = { CLUSTER_ID: '1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11', INVENTORY_URL: 'https://service.example', PULL_SECRET_TOKEN: 'secret-token' };

describe('the settings of the controller', () => {
  it('come from its environment, and its arguments win', () => {
    expect(readSettings([], { ...environment, HIGH_AVAILABILITY_MODE: 'None', CHECK_CLUSTER_VERSION: 'true' })).toEqual({
      clusterId: environment.CLUSTER_ID, inventoryUrl: 'https://service.example', pullSecretToken: 'secret-token', openshiftVersion: '',
      highlyAvailable: false, checkClusterVersion: true, skipCertVerification: false, mustGatherImage: '',
    });
    expect(readSettings(['--inventory-url', 'https://other.example', '--kubeconfig', '/k'], environment)).toMatchObject({ inventoryUrl: 'https://other.example', kubeconfig: '/k', highlyAvailable: true });
  });

  it('may have it look more often than usual', () => {
    expect(readSettings([], { ...environment, LOOK_INTERVAL_SECONDS: '5' })).toMatchObject({ lookSeconds: 5 });
    expect(readSettings([], { ...environment, LOOK_INTERVAL_SECONDS: '' })).not.toHaveProperty('lookSeconds');
    for (const wrong of ['0', '601', 'often']) expect(() => readSettings([], { ...environment, LOOK_INTERVAL_SECONDS: wrong }), wrong).toThrow('LOOK_INTERVAL_SECONDS');
  });

  it('take an empty token, where the service asks for none, but want to be told', () => {
    expect(readSettings([], { ...environment, PULL_SECRET_TOKEN: '' })).toMatchObject({ pullSecretToken: '' });
    expect(() => readSettings([], { CLUSTER_ID: environment.CLUSTER_ID, INVENTORY_URL: environment.INVENTORY_URL })).toThrow('PULL_SECRET_TOKEN');
  });

  it('tell all faults at once, and no values', () => {
    const read = () => readSettings([], { ...environment, CLUSTER_ID: 'x', INVENTORY_URL: 'ftp://secret-token', HIGH_AVAILABILITY_MODE: 'Half' });
    expect(read).toThrow(/CLUSTER_ID[^]*INVENTORY_URL[^]*HIGH_AVAILABILITY_MODE/);
    expect(read).not.toThrow(/secret-token/);
    expect(() => readSettings(['--nothing'], environment)).toThrow('--nothing');
    expect(() => readSettings([], { ...environment, CA_CERT_PATH: '/nowhere/ca.pem' })).toThrow('CA_CERT_PATH: /nowhere/ca.pem cannot be read');
  });
});
