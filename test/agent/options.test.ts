import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError } from '../../src/agent/options';

const needed = ['--url', 'https://service.example.com', '--cluster-id', 'c', '--agent-version', 'quay.io/agent:v1'];

describe('the command line', () => {
  it('is that of the unit in the discovery ignition', () => {
    expect(parseOptions([...needed, '--insecure=true', '--cacert', '/etc/assisted-service/service-ca-cert.crt'], { PULL_SECRET_TOKEN: 't' })).toEqual({
      kind: 'run',
      options: {
        url: 'https://service.example.com', clusterId: 'c', agentImage: 'quay.io/agent:v1', token: 't', insecure: true, caCertificate: '/etc/assisted-service/service-ca-cert.crt',
        dryRun: false, overwriteDisks: false, image: undefined,
      },
    });
  });

  it('takes flags with one dash, and switches without a value', () => {
    const command = parseOptions(['-url=http://s', '-cluster-id', 'c', '-agent-version', 'a:1', '-dry-run', '--insecure=false', '--overwrite-disks'], {});
    expect(command).toMatchObject({ options: { url: 'http://s', dryRun: true, insecure: false, overwriteDisks: true, token: '' } });
  });

  it('takes an image only with its checksum', () => {
    const sha256 = 'AB'.repeat(32);
    expect(parseOptions([...needed, '--image-url', 'http://i/x.iso', '--image-sha256', sha256], {})).toMatchObject({ options: { image: { url: 'http://i/x.iso', sha256: 'ab'.repeat(32) } } });
    for (const args of [['--image-url', 'http://i/x.iso'], ['--image-sha256', sha256], ['--image-url', 'x', '--image-sha256', sha256], ['--image-url', 'http://i', '--image-sha256', 'ab']]) {
      expect(() => parseOptions([...needed, ...args], {})).toThrow(UsageError);
    }
  });
});
