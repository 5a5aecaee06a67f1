import { join } from 'node:path';
import { spawnPart } from '../../../src/dev/process/spawn-part';

/** Run by a test that kills it: starts a part and prints its pid. */
const part = spawnPart({
  name: 'abandoned',
  command: ['/bin/sleep', '60'],
  logFile: join(process.argv[2] ?? '', 'abandoned.log'),
  stopSignal: 'SIGTERM',
  hurrySignal: 'SIGKILL',
  stopGraceMs: 1_000,
});
process.stdout.write(String(part.pid));
