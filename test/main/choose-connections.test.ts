import { afterEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/config/load';
import { chooseConnections } from '../../src/main/choose-connections';
import { createRecordingProgram, type RecordingProgram } from '../support/recording-program';

let present: RecordingProgram | undefined;
afterEach(() => {
  present?.remove();
  present = undefined;
});
const choose = (settings: { NMSTATECTL?: string; PATH: string }) => chooseConnections({ NMSTATECTL: undefined, ...settings }).implementation;

describe('what makes the connections of static networks', () => {
  it('is nmstatectl where it is on the path, and the built-in generator otherwise', () => {
    present = createRecordingProgram('nmstatectl');
    expect(choose({ PATH: `/nowhere:${present.folder}` })).toBe(present.path);
    expect(choose({ PATH: '/nowhere' })).toBe('builtin');
  });

  it('is what the settings say, and that must be there', () => {
    present = createRecordingProgram('nmstatectl');
    expect(choose({ NMSTATECTL: 'builtin', PATH: present.folder })).toBe('builtin');
    expect(choose({ NMSTATECTL: present.path, PATH: '' })).toBe(present.path);
    expect(() => choose({ NMSTATECTL: '/nowhere/nmstatectl', PATH: '' })).toThrow(ConfigurationError);
  });
});
