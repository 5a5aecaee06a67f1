import { findCacheDir } from './cache-dir';
import { runChecks } from './doctor/run-checks';
import { renderTable } from './doctor/render-table';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const checks = await runChecks({ cacheDir: findCacheDir() });
process.stdout.write(`${renderTable(checks)}\n`);
const missing = checks.filter(({ state }) => state === 'missing').length;
process.stdout.write(missing === 0 ? 'npm start can run here.\n' : `${missing} required: see "missing" above.\n`);
process.exit(missing === 0 ? 0 : 1);
