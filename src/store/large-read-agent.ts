import { Agent } from 'node:http';
import { connect, type NetConnectOpts } from 'node:net';

/** Node itself takes 64 KiB at a time, and a good part of the price of a stream is by the piece. */
export const pieceBytes = 1024 * 1024;

/**
 * An agent whose connections are read in pieces of up to 1 MiB, for objects of gigabytes.
 * All its connections read into one buffer: a piece is parsed before the next is read, and Node's parser copies the body out of it.
 */
export class LargeReadAgent extends Agent {
  private readonly buffer = Buffer.allocUnsafeSlow(pieceBytes);

  override createConnection(options: NetConnectOpts): ReturnType<typeof connect> {
    const callback = (count: number, buffer: Uint8Array): boolean => {
      // A socket that reads into a given buffer leaves it to us to tell the HTTP client what came.
      socket.emit('data', Buffer.from(buffer.buffer, buffer.byteOffset, count));
      return true;
    };
    const socket = connect({ ...options, onread: { buffer: this.buffer, callback } });
    return socket;
  }
}
