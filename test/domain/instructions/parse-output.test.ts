import { describe, expect, it } from 'vitest';
import { parseOutput } from '../../../src/domain/instructions/parse-output';

describe('the output of a step', () => {
  it('is parsed without what text in the database cannot hold', () => {
    const output = JSON.stringify({ serial: 'S1\0\0', disks: [{ path: '/dev/\ud800sda' }], emoji: '\u{1F600}', size: 5 });
    expect(parseOutput(output)).toEqual({ serial: 'S1', disks: [{ path: '/dev/sda' }], emoji: '\u{1F600}', size: 5 });
  });

  it('keeps a backslash before the letters of an escape', () => {
    expect(parseOutput(String.raw`{"text":"\\u0000"}`)).toEqual({ text: String.raw`\u0000` });
  });

  it('must be JSON', () => {
    expect(() => parseOutput('{"a":')).toThrow(SyntaxError);
    expect(() => parseOutput(String.raw`{"a":"\u0000"`)).toThrow(SyntaxError);
  });
});
