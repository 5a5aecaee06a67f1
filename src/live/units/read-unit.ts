import { splitShellWords } from '../../agent/protocol/split-shell-words';
import type { IgnitionUnit } from '../../domain/ignition/ignition-config';

/** The part of a systemd service that the live system carries out. */
export interface ServiceUnit {
  name: string;
  /** Command lines, in order; the program may be a name without a path. */
  before: string[][];
  /** Undefined: the unit starts nothing. */
  command: string[] | undefined;
  environment: Record<string, string>;
  /** Seconds until it is started again when it has ended; undefined: it is not. */
  restartSeconds: number | undefined;
}

const defaultRestartSeconds = 0.1;

/** Reads the section `[Service]` of a unit: ExecStartPre, ExecStart, Environment, Restart, RestartSec. */
export function readUnit({ name, contents = '' }: IgnitionUnit): ServiceUnit {
  const settings = readService(contents);
  const valuesOf = (key: string): string[] => settings.filter((setting) => setting.key === key).map(({ value }) => value);
  const last = (key: string): string | undefined => valuesOf(key).at(-1);
  const restarts = ['always', 'on-failure'].includes(last('Restart') ?? 'no');
  const command = last('ExecStart');
  return {
    name,
    before: valuesOf('ExecStartPre').map(readCommand),
    command: command === undefined ? undefined : readCommand(command),
    environment: Object.fromEntries(valuesOf('Environment').flatMap(splitShellWords).map(splitAssignment)),
    restartSeconds: restarts ? Number.parseFloat(last('RestartSec') ?? '') || defaultRestartSeconds : undefined,
  };
}

function readService(contents: string): { key: string; value: string }[] {
  let section = '';
  return contents.split('\n').flatMap((line) => {
    section = /^\[(.+)\]$/.exec(line.trim())?.[1] ?? section;
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line.trim()) ?? [];
    return section === 'Service' && key !== undefined && value !== undefined ? [{ key, value }] : [];
  });
}

/** `%%` is how units write a percent sign; `-` before a program means that its failure is no matter. */
function readCommand(line: string): string[] {
  return splitShellWords(line.replace(/^-/, '')).map(unescape);
}

function splitAssignment(assignment: string): [string, string] {
  const at = assignment.indexOf('=');
  return [assignment.slice(0, at), unescape(assignment.slice(at + 1))];
}

const unescape = (text: string): string => text.replaceAll('%%', '%');
