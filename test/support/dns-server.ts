import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const types = { A: 1, SOA: 6 } as const;

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

/** Zero names, numbers of one: enough for a start of authority that a resolver accepts. */
const authority = Buffer.concat([Buffer.from([0, 0]), Buffer.alloc(20, 1)]);

/** A name server on this machine that knows the zones and addresses given; `silent` makes it answer nothing. */
export async function startDnsServer(known: { zones: string[]; addresses: string[] }) {
  const server = createSocket('udp4');
  const state = { ...known, silent: false };
  server.on('message', (message, { port, address }) => {
    if (state.silent) return;
    const { name, type, end } = readQuestion(message);
    const data = type === types.SOA && state.zones.includes(name) ? authority : type === types.A && state.addresses.includes(name) ? Buffer.from([10, 0, 0, 1]) : undefined;
    const exists = data !== undefined || state.zones.includes(name) || state.addresses.includes(name);
    const header = Buffer.from(message.subarray(0, 12));
    header.writeUInt16BE(exists ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(data ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const answer = Buffer.alloc(data ? 12 : 0);
    if (data) {
      answer.writeUInt16BE(0xc00c, 0);
      answer.writeUInt16BE(type, 2);
      answer.writeUInt16BE(1, 4);
      answer.writeUInt32BE(60, 6);
      answer.writeUInt16BE(data.length, 10);
    }
    server.send(Buffer.concat([header, message.subarray(12, end), answer, ...(data ? [data] : [])]), port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  return { state, address: `127.0.0.1:${server.address().port}`, close: () => new Promise<void>((resolve) => { server.close(() => resolve()); }) };
}
