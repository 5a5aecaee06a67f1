import { arch } from 'node:os';
import type { Inventory } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { readInteger, readText } from '../machine/read';

const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ppc64: 'ppc64le', s390x: 's390x' };
/** x86, Power and s390x name the model so; Arm names only parts. */
const modelFields = ['model name', 'cpu', 'cpu model', 'processor 0'];

/** The processors: number of logical ones, the highest frequency in MHz. */
export async function readCpu(machine: Machine): Promise<NonNullable<Inventory['cpu']>> {
  const text = await readText(machine, '/proc/cpuinfo');
  const fields = firstValues(text);
  const logical = text.match(/^processor\s*:|^processor \d+:/gm)?.length ?? 0;
  const maximumKhz = await readInteger(machine, '/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq');
  return {
    count: logical,
    frequency: maximumKhz === undefined ? readFrequency(fields) : Math.round(maximumKhz / 1000),
    flags: (fields.get('flags') ?? fields.get('features') ?? '').split(/\s+/).filter((flag) => flag !== ''),
    model_name: modelFields.map((name) => fields.get(name)).find((value) => value) ?? '',
    architecture: architectures[arch()] ?? arch(),
  };
}

/** What the model's name says comes first: the clock moves with the load. */
function readFrequency(fields: ReadonlyMap<string, string>): number {
  const named = /@ ([\d.]+)GHz/.exec(fields.get('model name') ?? '')?.[1];
  return Math.round(named === undefined ? Number.parseFloat(fields.get('cpu mhz') ?? fields.get('clock') ?? '0') : Number(named) * 1000) || 0;
}

/** The fields of the first processor, by name in lower case. */
function firstValues(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!values.has(name)) values.set(name, line.slice(colon + 1).trim());
  }
  return values;
}
