import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { LaunchError } from './launch-error';
import { devSettings } from './settings';

export interface LaunchOptions {
  help: boolean;
  /** Absolute; undefined for a temporary directory. */
  dataDir: string | undefined;
  ephemeral: boolean;
  portBase: number;
}

export const usage = `npm start -- [options]

  --data DIR       where the stack keeps its data (default .data)
  --port-base N    first of seven ports (default ${devSettings.defaultPortBase}): API, Temporal, Temporal Web, S3, AMS stand-in, Postgres, worker
  --ephemeral      keep nothing: data in a temporary directory, or in a new DIR, removed at the end
  --help           this text
`;

/** Parses the command line; throws a LaunchError of one line. */
export function parseOptions(argv: string[]): LaunchOptions {
  const values = parse(argv);
  const portBase = Number(values['port-base'] ?? devSettings.defaultPortBase);
  const last = 65_535 - Math.max(...Object.values(devSettings.ports));
  if (!Number.isInteger(portBase) || portBase < 1 || portBase > last) {
    throw new LaunchError(`--port-base must be a number from 1 to ${last}, not "${values['port-base']}"`);
  }
  const ephemeral = values.ephemeral ?? false;
  const dataDir = values.data ?? (ephemeral ? undefined : '.data');
  if (dataDir === '') throw new LaunchError('--data needs the name of a directory');
  return { help: values.help ?? false, dataDir: dataDir && resolve(dataDir), ephemeral, portBase };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        data: { type: 'string' },
        'port-base': { type: 'string' },
        ephemeral: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new LaunchError(`${reason}; see: npm start -- --help`);
  }
}
