/** Prints what happens with the seconds since the start in front. */
export class Progress {
  private readonly started = Date.now();

  constructor(private readonly write: (text: string) => void = (text) => void process.stdout.write(text)) {}

  readonly log = (line: string): void => {
    this.write(`[${this.elapsed().padStart(7)}] ${line}\n`);
  };

  /** Seconds since the start, with one digit. */
  elapsed(): string {
    return `${((Date.now() - this.started) / 1000).toFixed(1)} s`;
  }

  /** Logs `title: ready` with what `describe` says and how long the work took. */
  async step<T>(title: string, work: () => Promise<T>, describe: (result: T) => string = () => 'ready'): Promise<T> {
    const started = Date.now();
    const result = await work();
    this.log(`${title}: ${describe(result)} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return result;
  }
}
