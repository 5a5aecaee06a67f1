import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBaseImages } from './base-image/make-base-images';
import { findCacheDir } from './cache-dir';
import { devOpenshiftVersions } from './openshift-versions';

const usage = `npm run base-image -- [--out DIR] [--rootfs-mib N]

Makes the base images of the development stack, or finds them made.

  --out DIR         where they go (default: the cache of the development stack)
  --rootfs-mib N    adds N MiB of random bytes to the root file system (default 0)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { out: { type: 'string' }, 'rootfs-mib': { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const padMib = Number(values['rootfs-mib'] ?? '0');
  if (!Number.isInteger(padMib) || padMib < 0 || padMib > 4000) {
    process.stderr.write('--rootfs-mib takes a whole number from 0 to 4000\n');
    return 2;
  }
  const images = await makeBaseImages({
    dir: values.out ?? join(findCacheDir(), 'base-images'),
    versions: devOpenshiftVersions,
    padMib,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  for (const { path, sha256, bootable } of Object.values(images)) {
    process.stdout.write(`${sha256}  ${path}  ${bootable ? 'bootable' : 'layout only'}\n`);
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
