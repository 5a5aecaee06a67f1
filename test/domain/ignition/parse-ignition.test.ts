import { describe, expect, it } from 'vitest';
import { parseIgnition } from '../../../src/domain/ignition/parse-ignition';

const head = '"ignition":{"version":"3.1.0"}';

describe('a configuration given by a user', () => {
  it.each(['3.1.0', '3.2.0'])('of version %s is taken', (version) => {
    const text = JSON.stringify({
      ignition: { version },
      storage: { files: [{ path: '/a', mode: 420, contents: { source: 'https://example.com/a' }, append: [] }], directories: [{ path: '/b' }] },
      systemd: { units: [{ name: 'a@1.service', contents: '[Unit]' }] },
      passwd: { users: [{ name: 'core', sshAuthorizedKeys: ['x'] }] },
    });
    expect(parseIgnition(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['is no JSON', 'x', 'not valid JSON'],
    ['is no object', '[]', 'not an object'],
    ['has no version', '{"ignition":{}}', 'ignition.version is missing'],
    ['has an old version', '{"ignition":{"version":"2.2.0"}}', '2.2.0 is not one of'],
    ['has a list for a section', `{${head},"storage":[]}`, 'storage is not an object'],
    ['has an object for a list', `{${head},"storage":{"files":{}}}`, 'storage.files is not a list'],
    ['has a relative path', `{${head},"storage":{"files":[{"path":"a"}]}}`, 'storage.files[0].path is not an absolute path'],
    ['uses a path twice', `{${head},"storage":{"files":[{"path":"/a"}],"links":[{"path":"/a"}]}}`, 'storage.links[0].path /a is used twice'],
    ['has a mode out of range', `{${head},"storage":{"files":[{"path":"/a","mode":10000}]}}`, 'storage.files[0].mode'],
    ['has content from nowhere', `{${head},"storage":{"files":[{"path":"/a","contents":{"source":"secret:x"}}]}}`, 'storage.files[0].contents.source'],
    ['has a unit of no kind', `{${head},"systemd":{"units":[{"name":"agent"}]}}`, 'systemd.units[0].name'],
    ['has a user without name', `{${head},"passwd":{"users":[{}]}}`, 'passwd.users[0].name'],
    ['has keys that are no list', `{${head},"passwd":{"users":[{"name":"a","sshAuthorizedKeys":"x"}]}}`, 'sshAuthorizedKeys'],
  ])('that %s is refused', (_, text, reason) => {
    expect(() => parseIgnition(text)).toThrow(reason);
  });
});
