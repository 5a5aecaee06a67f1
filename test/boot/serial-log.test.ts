import { describe, expect, it } from 'vitest';
import { readSerialText } from './serial-log';

const sha = (digit: string): string => digit.repeat(64);
const system = (seconds: string, digit: string, name: string): string =>
  `\u001b[2J\u001b[01;01HBooting\r\n[    0.1] kernel\r\nLIVE: up after ${seconds} s, kernel 6.1\r\nLIVE: ignition 100 bytes, sha256 ${sha(digit)}\r\nLIVE: host name ${name}\r\n`;

describe('a serial console', () => {
  it('tells of the system that came up last', () => {
    expect(readSerialText(system('1.5', 'a', 'localhost'))).toMatchObject({ boots: 1, ignitionSha256: sha('a'), hostname: 'localhost' });
    expect(readSerialText(system('1.5', 'a', 'localhost') + system('2.5', 'b', 'master-0'))).toMatchObject({ boots: 2, ignitionSha256: sha('b'), hostname: 'master-0' });
  });

  it('tells which root file system was fetched', () => {
    const fetched = `LIVE: root file system 9 bytes, sha256 ${sha('c')}\r\n`;
    expect(readSerialText(system('1', 'a', 'x') + fetched).rootfsSha256).toBe(sha('c'));
    expect(readSerialText(fetched + system('1', 'a', 'x')).rootfsSha256).toBeUndefined();
  });

  it('of one that is coming up, nothing of the system before it is told', () => {
    const text = `${system('1.5', 'a', 'localhost')}ISOLINUX\r\nLIVE: up after 9 s, kernel 6.1\r\n`;
    expect(readSerialText(text)).toMatchObject({ boots: 2, ignitionSha256: undefined, hostname: undefined });
  });

  it('ends with lines fit to be shown', () => {
    expect(readSerialText('', 2)).toEqual({ boots: 0, ignitionSha256: undefined, hostname: undefined, rootfsSha256: undefined, tail: [] });
    expect(readSerialText(system('1', 'a', 'x'), 2).tail).toEqual([`LIVE: ignition 100 bytes, sha256 ${sha('a')}`, 'LIVE: host name x']);
    expect(readSerialText('\u001b[?25lBooting\r\n').tail).toEqual(['Booting']);
  });
});
