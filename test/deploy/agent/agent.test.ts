import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/agent/options';
import { serviceCaPath } from '../../../src/domain/ignition/service-files';
import { renderAgentUnit } from '../../../src/iso/ignition/agent-unit';
import { createRecordingProgram, type RecordingProgram } from '../../support/recording-program';

const script = join(import.meta.dirname, '../../../deploy/agent/agent');
let podman: RecordingProgram | undefined;
let folder: string | undefined;
afterEach(() => {
  podman?.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

function launch(args: string[]) {
  podman = createRecordingProgram('podman', {});
  folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  symlinkSync(process.execPath, join(folder, 'node'));
  const run = spawnSync('/bin/sh', [script, ...args], { env: { PATH: `${podman.folder}:${folder}:/usr/bin:/bin`}, encoding: 'utf8' });
  return { ...run, calls: podman.calls().map(({ argv }) => argv) };
}

describe('the script that starts the agent\'s container', () => {
  const flags = ['--url', 'https://service', '--cluster-id', 'c', '--agent-version', 'quay.io/agent:v1', '--insecure=false', '--cacert', '/etc/ca file.crt'];

  it('removes what a lost machine left, and runs the image that its flags name with these flags', () => {
    const { status, calls, stderr } = launch(flags);
    expect([status, stderr]).toEqual([0, '']);
    expect(calls[0]).toEqual(['rm', '--force', '--ignore', 'agent']);
    const run = calls[1] ?? [];
    expect(run.slice(-flags.length - 3)).toEqual(['quay.io/agent:v1', 'node', '/usr/lib/agent/agent.js', ...flags]);
    expect(run).toEqual(expect.arrayContaining(['--privileged', '--net=host', '--pid=host', '--ipc=host', '--uts=host', '/dev:/dev', 'PULL_SECRET_TOKEN', '/etc/ca file.crt:/etc/ca file.crt:ro']));
  });

  it('is run by the discovery image with flags that both it and the agent understand', () => {
    const unit = renderAgentUnit({
      clusterId: '1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11', agentImage: 'registry.example.com:5000/agent:v1', agentToken: 'token', serviceBaseUrl: 'https://service.example.com', skipCertVerification: true,
      agentStartTimeoutSeconds: 180, serviceCaCertificate: 'PEM', pullSecret: '', sshPublicKey: '', httpProxy: '', httpsProxy: '', noProxy: '', staticNetwork: [], ignitionConfigOverrides: '',
    });
    const [program, ...given] = /^ExecStart=(.+)$/m.exec(unit)?.[1]?.split(' ') ?? [];
    expect([program, unit]).toEqual(['/usr/local/bin/agent', expect.stringMatching(/^ExecStartPre=.* -v \/usr\/local\/bin:(\S+) .* cp \/usr\/bin\/agent \1$/m)]);
    const { status, calls, stderr } = launch(given);
    expect([status, stderr]).toEqual([0, '']);
    const run = calls[1] ?? [];
    const image = run.indexOf('registry.example.com:5000/agent:v1');
    expect(run.slice(image + 1, image + 3)).toEqual(['node', '/usr/lib/agent/agent.js']);
    expect(run.slice(0, image)).toContain(`${serviceCaPath}:${serviceCaPath}:ro`);
    expect(parseOptions(run.slice(image + 3), { PULL_SECRET_TOKEN: 'token' })).toMatchObject({
      kind: 'run',
      options: {
        url: 'https://service.example.com', clusterId: '1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11', agentImage: 'registry.example.com:5000/agent:v1', token: 'token', insecure: true, caCertificate: serviceCaPath,
        dryRun: false, overwriteDisks: false, image: undefined,
      },
    });
  });

  it('says what it lacks', () => {
    const { status, stderr, calls } = launch(['--url', 'https://service']);
    expect([status, stderr, calls]).toEqual([2, 'agent: --agent-version names no image\n', []]);
  });
});
