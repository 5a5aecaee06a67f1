/** The end of an output of any length; it never takes more memory than that and one piece of it. */
export class OutputEnd {
  private readonly pieces: Buffer[] = [];
  private keptBytes = 0;
  private droppedBytes = 0;

  constructor(private readonly maxBytes: number) {}

  add(piece: Buffer): void {
    this.pieces.push(piece);
    this.keptBytes += piece.length;
    for (let [first] = this.pieces; first && this.keptBytes - first.length >= this.maxBytes; [first] = this.pieces) {
      this.pieces.shift();
      this.keptBytes -= first.length;
      this.droppedBytes += first.length;
    }
  }

  /** What is kept, from the beginning of a line when there is one in it, and how many bytes came before. */
  read(): { text: string; cutBytes: number } {
    const kept = Buffer.concat(this.pieces);
    if (this.droppedBytes + kept.length <= this.maxBytes) return { text: kept.toString('utf8'), cutBytes: 0 };
    const from = Math.max(0, kept.length - this.maxBytes);
    const line = kept.indexOf('\n', Math.max(0, from - 1)) + 1;
    const start = line === 0 || line === kept.length ? from : line;
    return { text: kept.subarray(start).toString('utf8'), cutBytes: this.droppedBytes + start };
  }
}
