import { readFileSync } from 'node:fs';

const boot = /^LIVE: up after/;

/** What a machine has said on its serial console so far. */
export interface SerialLog {
  /** How often a system has come up. */
  boots: number;
  /** Of the system that came up last: the checksum of the ignition it was given, and the name it gave itself. */
  ignitionSha256: string | undefined;
  hostname: string | undefined;
  /** Checksum of the root file system that it fetched; undefined for a system that brought its own along. */
  rootfsSha256: string | undefined;
  /** The last lines, fit to be shown. */
  tail: string[];
}

/** Reads the text of a serial console: firmware and boot loaders speak in control sequences, the kernel and the live system in lines. */
export function readSerialText(text: string, tailLines = 30): SerialLog {
   
  const lines = text.replaceAll(/\u001b\[[0-9;?=]*[A-Za-z]/g, '').split(/[\r\n]+/).map((line) => line.trimEnd()).filter((line) => line !== '');
  const starts = lines.flatMap((line, index) => (boot.test(line) ? [index] : []));
  const last = lines.slice(starts.at(-1) ?? lines.length);
  const find = (pattern: RegExp): string | undefined => last.flatMap((line) => pattern.exec(line)?.[1] ?? []).at(-1);
  return {
    boots: starts.length,
    ignitionSha256: find(/^LIVE: ignition \d+ bytes, sha256 ([0-9a-f]{64})/),
    hostname: find(/^LIVE: host name (\S+)/),
    rootfsSha256: find(/^LIVE: root file system \d+ bytes, sha256 ([0-9a-f]{64})/),
    tail: lines.slice(-tailLines),
  };
}

/** Reads a serial log; a machine that has said nothing has no file yet. */
export function readSerialLog(file: string): SerialLog {
  try {
    return readSerialText(readFileSync(file, 'latin1'));
  } catch {
    return readSerialText('');
  }
}
