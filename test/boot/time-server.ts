import { createSocket } from 'node:dgram';

const secondsFrom1900 = 2_208_988_800;

/** A moment as NTP writes it: seconds since 1900 and a fraction of 2^32. */
function formatTimestamp(milliseconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(Math.floor(milliseconds / 1000) + secondsFrom1900, 0);
  bytes.writeUInt32BE(Math.floor(((milliseconds % 1000) / 1000) * 2 ** 32), 4);
  return bytes;
}

/** The answer to a request of an NTP client (RFC 5905) by a server whose clock is the machine's; undefined for what is no such request. */
export function answerTimeRequest(request: Buffer, receivedMs: number, sentMs: number): Buffer | undefined {
  const clientMode = 3;
  const first = request[0] ?? 0;
  if (request.length < 48 || (first & 7) !== clientMode) return undefined;
  const version = first & 0b0011_1000;
  const head = Buffer.from([version | 4, 1, request[2] ?? 0, 0xec, 0, 0, 0, 0, 0, 0, 0, 0]);
  const name = Buffer.from('LOCL');
  return Buffer.concat([head, name, formatTimestamp(receivedMs), request.subarray(40, 48), formatTimestamp(receivedMs), formatTimestamp(sentMs)]);
}

/** Serves this machine's time on a free port of the loopback interface. */
export async function startTimeServer(): Promise<{ port: number; close: () => Promise<void> }> {
  const socket = createSocket('udp4');
  const now = (): number => performance.timeOrigin + performance.now();
  socket.on('message', (request, from) => {
    const answer = answerTimeRequest(request, now(), now());
    if (answer) socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => socket.once('error', reject).bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}
