import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [url = '', connectionText = '1', secondText = '1'] = process.argv.slice(2);
const { hostname, port, host } = new URL(url);
const paths = readFileSync(process.env['LOAD_PATHS'] ?? '', 'utf8').trim().split('\n');
const head = ` HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nX-Secret-Key: ${process.env['LOAD_TOKEN'] ?? ''}\r\n\r\n`;
const latencies: number[] = [];
let errors = 0;
let turn = 0;
const started = performance.now();
const deadline = started + Number(secondText) * 1000;

/** Length of the first answer in the buffer, undefined while it is not complete. */
function answerLength(text: string): number | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd))?.[1];
  if (length !== undefined) return text.length >= headEnd + 4 + Number(length) ? headEnd + 4 + Number(length) : undefined;
  const end = text.indexOf('0\r\n\r\n', headEnd + 4);
  return end < 0 ? undefined : end + 5;
}

/** One connection that asks again as soon as it was answered. */
function loop(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let buffered = '';
    let sentAt = 0;
    const ask = (): void => {
      if (performance.now() >= deadline) return void socket.end();
      sentAt = performance.now();
      socket.write(`GET ${paths[turn++ % paths.length] ?? '/'}${head}`);
    };
    socket.setNoDelay(true).setEncoding('latin1');
    socket.once('connect', ask);
    socket.on('data', (chunk: string) => {
      buffered += chunk;
      const length = answerLength(buffered);
      if (length === undefined) return;
      latencies.push(performance.now() - sentAt);
      if (!buffered.startsWith('HTTP/1.1 200')) errors++;
      buffered = buffered.slice(length);
      ask();
    });
    socket.once('error', () => errors++);
    socket.once('close', () => resolve());
  });
}

await Promise.all(Array.from({ length: Number(connectionText) }, loop));
latencies.sort((a, b) => a - b);
const percentile = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
const result = { requests: latencies.length, errors, p50Ms: percentile(0.5), p99Ms: percentile(0.99), elapsedSeconds: (performance.now() - started) / 1000 };
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
