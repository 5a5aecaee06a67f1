import { loadConfig } from './config';
import { writeLog } from './log';
import { startStandin } from './server';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const standin = await startStandin(config, writeLog);
  writeLog('info', 'listening', { address: config.listenAddress, port: standin.port, base_url: config.baseUrl });

  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      writeLog('info', 'stopping', { signal });
      standin.close().then(
        () => process.exit(0),
        (error: unknown) => {
          writeLog('error', 'stopping failed', { error: error instanceof Error ? error.message : String(error) });
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: unknown) => {
  writeLog('error', 'start failed', { error: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});
