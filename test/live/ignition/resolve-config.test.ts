import { describe, expect, it } from 'vitest';
import { toDataUrl } from '../../../src/domain/ignition/data-url';
import type { IgnitionConfig } from '../../../src/domain/ignition/ignition-config';
import { rootFile } from '../../../src/domain/ignition/root-file';
import { renderPointerIgnition } from '../../../src/installer/ignition/pointer-ignition';
import { resolveConfig } from '../../../src/live/ignition/resolve-config';

const named: IgnitionConfig = { ignition: { version: '3.1.0' }, storage: { files: [rootFile('/etc/hostname', 0o644, 'master-0')] } };
const pointer: IgnitionConfig = { ...named, ...renderPointerIgnition({ role: 'master', zone: 'a.example.com', rootCa: 'PEM' }) };
const fromCluster = JSON.stringify({ ignition: { version: '3.2.0' }, storage: { files: [rootFile('/etc/role', 0o644, 'master')] } });
const paths = (config: IgnitionConfig): string[] => (config.storage?.files ?? []).map(({ path }) => path);

describe('a configuration that refers to others', () => {
  it('has them laid over it, fetched from a server that its authorities vouch for', async () => {
    const asked: unknown[] = [];
    const resolved = await resolveConfig(pointer, { fetchConfig: async (...call) => (asked.push(call), fromCluster), say: () => undefined, pauseMs: 1 });
    expect(asked).toEqual([['https://api-int.a.example.com:22623/config/master', ['PEM']]]);
    expect(paths(resolved)).toEqual(['/etc/hostname', '/etc/role']);
  });

  it('waits for a server that does not answer yet, and says why', async () => {
    const said: string[] = [];
    let tries = 0;
    const fetchConfig = async (): Promise<string> => {
      tries += 1;
      if (tries === 1) throw new Error('connection refused');
      return tries === 2 ? 'no JSON' : fromCluster;
    };
    expect(paths(await resolveConfig(pointer, { fetchConfig, say: (line) => said.push(line), pauseMs: 1 }))).toContain('/etc/role');
    expect(said).toEqual([
      'no ignition from https://api-int.a.example.com:22623/config/master yet: connection refused',
      'no ignition from https://api-int.a.example.com:22623/config/master yet: the ignition configuration is not valid JSON',
      'ignition from https://api-int.a.example.com:22623/config/master',
    ]);
  });

  it('takes one that it brings along', async () => {
    const config = { ...named, ignition: { version: '3.1.0', config: { merge: [{ source: toDataUrl(fromCluster) }] } } };
    expect(paths(await resolveConfig(config, { fetchConfig: () => Promise.reject(new Error('not asked')), say: () => undefined, pauseMs: 1 }))).toContain('/etc/role');
  });

  it('is refused when it never ends', async () => {
    await expect(resolveConfig(pointer, { fetchConfig: async () => JSON.stringify(pointer), say: () => undefined, pauseMs: 1 })).rejects.toThrow('refer to others more than 5 deep');
  });

  it('is itself when it refers to none', async () => {
    expect(await resolveConfig(named, { fetchConfig: () => Promise.reject(new Error('not asked')), say: () => undefined, pauseMs: 1 })).toBe(named);
  });
});
