import { describe, expect, it } from 'vitest';
import type { IgnitionConfig } from '../../../src/domain/ignition/ignition-config';
import { mergeIgnition } from '../../../src/domain/ignition/merge-ignition';

const config = (rest: Omit<IgnitionConfig, 'ignition'> = {}, version = '3.1.0'): IgnitionConfig => ({ ignition: { version }, ...rest });

describe('merging two configurations', () => {
  it('keeps what only one of them has, and the higher version', () => {
    const merged = mergeIgnition(config({ storage: { files: [{ path: '/a' }] } }), config({ systemd: { units: [{ name: 'b.service' }] } }, '3.2.0'));
    expect(merged).toEqual({ ignition: { version: '3.2.0' }, storage: { files: [{ path: '/a' }] }, systemd: { units: [{ name: 'b.service' }] } });
    expect(mergeIgnition(config({}, '3.2.0'), config()).ignition.version).toBe('3.2.0');
  });

  it('lets entries with the same key replace each other field by field, in the place of the first', () => {
    const parent = config({ storage: { files: [{ path: '/a', mode: 0o600, contents: { source: 'data:,1' } }, { path: '/b' }] } });
    const child = config({ storage: { files: [{ path: '/c' }, { path: '/a', contents: { source: 'data:,2' } }] } });
    expect(mergeIgnition(parent, child).storage?.files).toEqual([{ path: '/a', mode: 0o600, contents: { source: 'data:,2' } }, { path: '/b' }, { path: '/c' }]);
  });

  it('puts lists without keys one after the other, and sets together', () => {
    const user = (sshAuthorizedKeys: string[], groups: string[]) => config({ passwd: { users: [{ name: 'core', sshAuthorizedKeys, groups }] } });
    const merged = mergeIgnition(user(['one', 'two'], ['sudo']), user(['two', 'three'], ['sudo', 'wheel']));
    expect(merged.passwd?.users).toEqual([{ name: 'core', sshAuthorizedKeys: ['one', 'two', 'three'], groups: ['sudo', 'wheel'] }]);
    const append = (source: string) => config({ storage: { files: [{ path: '/a', append: [{ source }] }] } });
    expect(mergeIgnition(append('data:,1'), append('data:,2')).storage?.files).toEqual([{ path: '/a', append: [{ source: 'data:,1' }, { source: 'data:,2' }] }]);
  });

  it('gives a path to one kind of node only: the one of the child', () => {
    const merged = mergeIgnition(config({ storage: { files: [{ path: '/a' }, { path: '/b' }] } }), config({ storage: { links: [{ path: '/a', target: '/x' }] } }));
    expect(merged.storage).toEqual({ files: [{ path: '/b' }], links: [{ path: '/a', target: '/x' }] });
  });

  it('knows partitions by number, else by label', () => {
    const disk = (partitions: object[]) => config({ storage: { disks: [{ device: '/dev/sda', partitions }] } });
    const merged = mergeIgnition(disk([{ number: 1, sizeMiB: 10 }, { label: 'data' }]), disk([{ number: 1, sizeMiB: 20 }, { label: 'data', sizeMiB: 5 }]));
    expect(merged.storage?.disks).toEqual([{ device: '/dev/sda', partitions: [{ number: 1, sizeMiB: 20 }, { label: 'data', sizeMiB: 5 }] }]);
  });

  it('leaves its inputs as they were, and takes null for absent', () => {
    const parent = config({ storage: { files: [{ path: '/a', mode: 1 }] } });
    const before = structuredClone(parent);
    const merged = mergeIgnition(parent, { ...config(), storage: { files: [{ path: '/a', mode: null }] } } as unknown as IgnitionConfig);
    expect(merged.storage?.files).toEqual([{ path: '/a', mode: 1 }]);
    expect(parent).toEqual(before);
  });
});
