import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFrameReader, encodeFrame } from './frames';
import { startNetworkSwitch } from './network-switch';

const everybody = 'ffffffffffff';
const frame = (to: string, from: string, text: string): Buffer => Buffer.concat([Buffer.from(to + from, 'hex'), Buffer.from(text)]);

interface Station {
  send: (to: string, text: string) => void;
  /** The texts that came so far, once the last of them is this one. */
  untilReceived: (text: string) => Promise<string[]>;
}

async function plugIn(path: string, mac: string): Promise<Station> {
  const socket: Socket = connect(path);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const read = createFrameReader();
  const texts: string[] = [];
  socket.on('data', (piece) => texts.push(...read(piece).map((received) => received.toString('latin1', 12))));
  return {
    send: (to, text) => void socket.write(encodeFrame(frame(to, mac, text))),
    untilReceived: async (text) => {
      while (texts.at(-1) !== text) await once(socket, 'data');
      return texts;
    },
  };
}

it('frames are put together from the pieces of a stream', () => {
  const stream = Buffer.concat(['a', 'bcd', ''].map((text) => encodeFrame(Buffer.from(text))));
  for (const size of [1, 3, 7, 100]) {
    const read = createFrameReader();
    const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) => stream.subarray(index * size, (index + 1) * size));
    expect(pieces.flatMap(read).map(String)).toEqual(['a', 'bcd', '']);
  }
});

it('everybody gets what is for everybody or for nobody known; what is for a known address only its port gets', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'switch-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'switch');
  const network = await startNetworkSwitch(path);
  onTestFinished(network.close);
  const [a, b, c] = ['0a0000000001', '0a0000000002', '0a0000000003'] as const;
  const [first, second, third] = [await plugIn(path, a), await plugIn(path, b), await plugIn(path, c)];
  // Each turn waits for the one before it, so nothing depends on which port is served first.
  first.send(everybody, 'who is b?');
  await third.untilReceived('who is b?');
  await second.untilReceived('who is b?');
  second.send(a, 'I am');
  await first.untilReceived('I am');
  first.send(b, 'to b alone');
  expect(await second.untilReceived('to b alone')).toEqual(['who is b?', 'to b alone']);
  second.send(c, 'to c, who has not spoken');
  expect(await third.untilReceived('to c, who has not spoken')).toEqual(['who is b?', 'to c, who has not spoken']);
  expect(await first.untilReceived('to c, who has not spoken')).toEqual(['I am', 'to c, who has not spoken']);
});
