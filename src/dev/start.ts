import { LaunchError } from './launch-error';
import { Launcher } from './launcher';
import { parseOptions, usage } from './options';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const launcher = new Launcher(options);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => launcher.interrupt());
  stopWithNpm(() => launcher.interrupt());
  return launcher.run();
}

/** npm cannot pass on a SIGKILL; without this the stack would outlive the `npm start` it belongs to. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isPlain = error instanceof LaunchError;
    process.stderr.write(`${isPlain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
