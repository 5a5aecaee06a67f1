import { readFile, writeFile } from 'node:fs/promises';
import { mergeIgnition } from '../domain/ignition/merge-ignition';
import { parseIgnition } from '../domain/ignition/parse-ignition';
import { baseConfig } from './ignition/base-config';
import { fetchConfig } from './ignition/fetch-config';
import { resolveConfig } from './ignition/resolve-config';
import { writeFiles } from './ignition/write-files';
import { readUnit } from './units/read-unit';
import { runUnit } from './units/run-unit';

/** What the live system of the development images does once its network is up: it becomes what its ignition says. */
async function main(file: string): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`LIVE: ${line}\n`);
  const given = parseIgnition(await readFile(file, 'utf8'));
  // Before anything is fetched: the servers may have names that only these files tell.
  await writeFiles(mergeIgnition(baseConfig, given), '');
  const config = mergeIgnition(baseConfig, await resolveConfig(given, { fetchConfig, say, pauseMs: 5_000 }));
  for (const path of await writeFiles(config, '')) say(`file ${path}`);
  const name = (await readFile('/etc/hostname', 'utf8')).trim();
  await writeFile('/proc/sys/kernel/hostname', name);
  say(`host name ${name}`);
  const units = (config.systemd?.units ?? []).filter(({ enabled }) => enabled !== false);
  await Promise.all(units.map((unit) => runUnit(readUnit(unit), say)));
}

await main(process.argv[2] ?? '/config.ign');
