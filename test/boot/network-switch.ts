import { createServer, type Socket } from 'node:net';
import { createFrameReader, encodeFrame } from './frames';

/** A port that is so far behind loses frames, as on a real switch. */
const waitingBytes = 4 * 1024 * 1024;

export interface NetworkSwitch {
  close: () => Promise<void>;
}

/**
 * A switch: whoever connects to the socket is one of its ports. It learns which address is at which port and takes frames only there; a hub, as
 * the emulator has one, would let its own way out answer the pings between machines.
 */
export async function startNetworkSwitch(path: string): Promise<NetworkSwitch> {
  const ports = new Set<Socket>();
  const portOf = new Map<string, Socket>();
  const forward = (frame: Buffer, from: Socket): void => {
    const [to, source] = [frame.toString('hex', 0, 6), frame.toString('hex', 6, 12)];
    portOf.set(source, from);
    const known = portOf.get(to);
    for (const port of known ? [known] : ports) if (port !== from && port.writableLength < waitingBytes) port.write(encodeFrame(frame));
  };
  const server = createServer((port) => {
    ports.add(port);
    const read = createFrameReader();
    port.on('data', (piece) => read(piece).forEach((frame) => forward(frame, port)));
    // Unplugged; why is told by the emulator.
    port.on('error', () => port.destroy());
    port.on('close', () => {
      ports.delete(port);
      for (const [address, owner] of portOf) if (owner === port) portOf.delete(address);
    });
  });
  await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(path, resolve));
  return {
    close: async () => {
      for (const port of ports) port.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
