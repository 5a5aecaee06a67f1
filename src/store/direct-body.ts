import type { Socket } from 'node:net';
import { Readable, type Writable } from 'node:stream';
import type { ByteStream } from './store';
import { StoreError } from './store-error';

/** What carries a body: a connection that is read into memory which is used again. */
export interface Carrier {
  socket: Socket;
  /** Asks for pieces, if there is memory for one. */
  resume(): void;
}

interface Piece {
  bytes: Buffer;
  /** The memory of the bytes may be used again. */
  release: () => void;
}

/**
 * The body of an answer as it comes over a connection of its own. Read as a stream, it gives out copies; poured into another stream,
 * the very memory that it was read into.
 */
export class DirectBody extends Readable implements ByteStream {
  private remaining: number;
  private waiting: Piece[] = [];
  private sink: ((piece: Piece) => void) | undefined;
  /** Of pieces that were read beyond what the reader wants now. */
  private readonly held: (() => void)[] = [];

  constructor(private readonly carrier: Carrier, length: number) {
    super();
    this.remaining = length;
    // It may break before anybody reads it; who then begins to is told.
    this.on('error', () => undefined);
    if (length === 0) this.push(null);
  }

  /** Called with every piece, in order. */
  receive(piece: Piece): void {
    if (this.destroyed) return;
    if (piece.bytes.length > this.remaining) {
      this.destroy(new StoreError('Unavailable', 'the S3 server sent more than it told'));
      return;
    }
    this.remaining -= piece.bytes.length;
    if (this.sink) this.sink(piece);
    else this.waiting.push(piece);
  }

  /** Called when no more will come. */
  broke(cause: Error | undefined): void {
    if (this.remaining > 0) this.destroy(new StoreError('Unavailable', `the S3 server broke off ${this.remaining} bytes before the end`, { cause }));
  }

  pourInto(target: Writable, done: (error?: Error) => void): void {
    if (this.destroyed) {
      target.destroy();
      return done(this.errored ?? new StoreError('Unavailable', 'the connection to the S3 server was ended'));
    }
    let over = false;
    const finish = (error?: Error): void => {
      if (over) return;
      over = true;
      if (error) target.destroy();
      this.destroy();
      done(error);
    };
    const left = (): void => finish();
    // A client that goes away makes errors of its own, which nobody needs to hear of.
    target.on('error', left).once('close', left);
    this.on('error', finish);
    this.flow(({ bytes, release }) => {
      if (over) return;
      const isLast = this.remaining === 0;
      target.write(bytes, (error) => {
        if (error) return left();
        release();
        if (!isLast) this.carrier.resume();
      });
      if (!isLast) return;
      over = true;
      target.end();
      this.destroy();
      done();
    });
  }

  override _read(): void {
    for (const release of this.held.splice(0)) release();
    if (this.sink) return this.carrier.resume();
    this.flow(({ bytes, release }) => {
      if (this.push(Buffer.from(bytes))) release();
      else this.held.push(release);
      if (this.remaining === 0) this.push(null);
    });
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.carrier.socket.destroy();
    callback(error);
  }

  private flow(sink: (piece: Piece) => void): void {
    this.sink = sink;
    for (const piece of this.waiting.splice(0)) sink(piece);
    if (this.remaining > 0) this.carrier.resume();
  }
}
