/** Buffers that are read into in turn. One is free again when who got it says so; they are given back in the order they were given out. */
export class BufferRing {
  private readonly buffers: Buffer[];
  private readonly inUse: boolean[];
  private at = 0;

  constructor(count: number, sizeBytes: number) {
    this.buffers = Array.from({ length: count }, () => Buffer.allocUnsafeSlow(sizeBytes));
    this.inUse = this.buffers.map(() => false);
  }

  /** The buffer whose turn it is. */
  get current(): Buffer {
    const buffer = this.buffers[this.at];
    if (!buffer) throw new Error('a ring has at least one buffer');
    return buffer;
  }

  /** Whether the buffer whose turn it is may be written to. */
  get isFree(): boolean {
    return this.inUse[this.at] !== true;
  }

  /** Gives out the buffer whose turn it is; returns what gives it back. */
  take(): () => void {
    const index = this.at;
    this.inUse[index] = true;
    this.at = (index + 1) % this.buffers.length;
    return () => {
      this.inUse[index] = false;
    };
  }
}
