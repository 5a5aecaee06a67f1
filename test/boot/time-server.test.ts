import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { answerTimeRequest, startTimeServer } from './time-server';

const request = Buffer.alloc(48);
request[0] = 0b0010_0011;
request[2] = 6;
request.write('8 bytes!', 40, 'latin1');

const readTimestamp = (bytes: Buffer, at: number): number => (bytes.readUInt32BE(at) - 2_208_988_800) * 1000 + (bytes.readUInt32BE(at + 4) / 2 ** 32) * 1000;

describe('a time server', () => {
  it('answers as a server of the first stratum does', () => {
    const now = Date.UTC(2026, 10, 21, 12, 0, 0, 250);
    const answer = answerTimeRequest(request, now, now + 1);
    if (!answer) throw new Error('no answer');
    expect(answer).toHaveLength(48);
    expect([...answer.subarray(0, 3)]).toEqual([0b0010_0100, 1, 6]);
    expect(answer.toString('latin1', 24, 32)).toBe('8 bytes!');
    expect(readTimestamp(answer, 32)).toBeCloseTo(now, 3);
    expect(readTimestamp(answer, 40)).toBeCloseTo(now + 1, 3);
  });

  it('does not answer what is no request', () => {
    expect(answerTimeRequest(Buffer.alloc(20), 0, 0)).toBeUndefined();
    expect(answerTimeRequest(Buffer.alloc(48), 0, 0)).toBeUndefined();
  });

  it('serves on a port of its own', async () => {
    const server = await startTimeServer();
    const client = createSocket('udp4');
    try {
      const answered = once(client, 'message') as Promise<[Buffer]>;
      client.send(request, server.port, '127.0.0.1');
      const [answer] = await answered;
      expect(answer.toString('latin1', 24, 32)).toBe('8 bytes!');
    } finally {
      client.close();
      await server.close();
    }
  });
});
