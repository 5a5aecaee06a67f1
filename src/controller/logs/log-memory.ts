import { Writable } from 'node:stream';

/** Keeps the last lines that were logged, within a number of characters. */
export class LogMemory extends Writable {
  private readonly lines: string[] = [];
  private length = 0;

  constructor(private readonly limit: number) {
    super({ decodeStrings: false });
  }

  override _write(line: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = line.toString();
    this.lines.push(text);
    this.length += text.length;
    while (this.length > this.limit && this.lines.length > 1) this.length -= this.lines.shift()?.length ?? 0;
    done();
  }

  text(): string {
    return this.lines.join('');
  }
}
