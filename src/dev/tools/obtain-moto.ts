import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../process/lock';
import { runCommand } from './run-command';

const version = '5.2.5';
/** Every package of it by its version, so that it is the same program next year. */
const requirements = [
  `moto==${version}`, 'blinker==1.9.0', 'boto3==1.44.5', 'botocore==1.44.5', 'certifi==2026.10.18', 'cffi==2.1.1', 'charset-normalizer==3.5.2', 'click==8.5.1',
  'cryptography==50.0.2', 'Flask==3.1.3', 'flask-cors==6.0.5', 'idna==3.20', 'itsdangerous==2.2.0', 'Jinja2==3.1.6', 'jmespath==1.1.0', 'MarkupSafe==3.0.4',
  'pycparser==3.12', 'python-dateutil==2.9.0.post0', 'PyYAML==6.0.3', 'requests==2.34.2', 'responses==0.26.3', 's3transfer==0.19.3', 'six==1.17.0', 'urllib3==2.8.0',
  'Werkzeug==3.1.9', 'xmltodict==1.0.4',
];

/**
 * Moto, an independent server of AWS's interfaces in Python, got from PyPI once per cache: path of the Python that has it,
 * to be run with `-m moto.server`. Rejects where Python, its module venv or PyPI is missing.
 */
export async function obtainMoto({ cacheDir, log }: { cacheDir: string; log: (line: string) => void }): Promise<string> {
  const home = join(cacheDir, `moto-${version}`);
  const python = join(home, 'bin', 'python');
  return withLock(
    `${home}.lock`,
    async () => {
      if (!(await access(python).then(() => true, () => false))) await make(home, cacheDir, log);
      return python;
    },
    (pid) => log(`moto: waiting for process ${pid}, which is getting it`),
  );
}

async function make(home: string, cacheDir: string, log: (line: string) => void): Promise<void> {
  log(`moto: getting version ${version} from PyPI`);
  await mkdir(cacheDir, { recursive: true });
  const dir = await mkdtemp(join(cacheDir, '.moto-'));
  try {
    await runCommand('python3', ['-m', 'venv', dir], { timeoutMs: 120_000 });
    await runCommand(join(dir, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--retries', '2', '--timeout', '20', ...requirements], { timeoutMs: 4 * 60_000 });
    await rename(dir, home);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
