import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const flag = z.enum(['true', 'false', '']).default('false').transform((text) => text === 'true');

const schema = z.object({
  CLUSTER_ID: z.uuid(),
  INVENTORY_URL: z.url({ protocol: /^https?$/ }),
  PULL_SECRET_TOKEN: z.string(),
  OPENSHIFT_VERSION: z.string().default(''),
  HIGH_AVAILABILITY_MODE: z.enum(['Full', 'None']).default('Full'),
  CHECK_CLUSTER_VERSION: flag,
  SKIP_CERT_VERIFICATION: flag,
  CA_CERT_PATH: z.string().default(''),
  KUBECONFIG: z.string().default(''),
  MUST_GATHER_IMAGE: z.string().default(''),
  LOOK_INTERVAL_SECONDS: z.literal('').or(z.coerce.number().min(1).max(600)).default(''),
});

/** What the controller is told when it is started; the names are those of its environment. */
export interface ControllerSettings {
  clusterId: string;
  inventoryUrl: string;
  pullSecretToken: string;
  openshiftVersion: string;
  highlyAvailable: boolean;
  checkClusterVersion: boolean;
  skipCertVerification: boolean;
  /** PEM of the authorities of the service. */
  ca?: string;
  /** Path; without it the controller uses the service account of its pod. */
  kubeconfig?: string;
  /** Image of the vendor's collection, or JSON with images by `ocp` and operators; empty for that of the release. */
  mustGatherImage: string;
  /** Between two looks, in the place of the usual intervals; in seconds. */
  lookSeconds?: number;
}

/** The settings are not as they must be; the message has one line for each fault and never a value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const names = Object.keys(schema.shape);
const toArgument = (name: string): string => name.toLowerCase().replaceAll('_', '-');

function readArguments(argv: readonly string[]): Record<string, string> {
  const options = Object.fromEntries(names.map((name) => [toArgument(name), { type: 'string' } as const]));
  try {
    const { values } = parseArgs({ args: [...argv], options });
    return Object.fromEntries(names.flatMap((name): [string, string][] => {
      const value = values[toArgument(name)];
      return typeof value === 'string' ? [[name, value]] : [];
    }));
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  }
}

function readCa(path: string): { ca?: string } {
  if (path === '') return {};
  try {
    return { ca: readFileSync(path, 'utf8') };
  } catch {
    throw new SettingsError(`CA_CERT_PATH: ${path} cannot be read`);
  }
}

/** The controller's settings from its arguments (`--cluster-id …`) and, for what they leave out, its environment. Throws SettingsError with all faults at once. */
export function readSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): ControllerSettings {
  const given = { ...Object.fromEntries(names.map((name) => [name, environment[name]])), ...readArguments(argv) };
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const { data } = parsed;
  return {
    clusterId: data.CLUSTER_ID,
    inventoryUrl: data.INVENTORY_URL,
    pullSecretToken: data.PULL_SECRET_TOKEN,
    openshiftVersion: data.OPENSHIFT_VERSION,
    highlyAvailable: data.HIGH_AVAILABILITY_MODE === 'Full',
    checkClusterVersion: data.CHECK_CLUSTER_VERSION,
    skipCertVerification: data.SKIP_CERT_VERIFICATION,
    mustGatherImage: data.MUST_GATHER_IMAGE,
    ...readCa(data.CA_CERT_PATH),
    ...(data.KUBECONFIG === '' ? {} : { kubeconfig: data.KUBECONFIG }),
    ...(data.LOOK_INTERVAL_SECONDS === '' ? {} : { lookSeconds: data.LOOK_INTERVAL_SECONDS }),
  };
}
