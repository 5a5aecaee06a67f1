/** A call that did not succeed. `status` is 0 when no answer came. */
export class RequestFailed extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly call: string,
    options?: ErrorOptions,
  ) {
    super(status === 0 ? `${call}: no answer (${reason})` : `${call}: ${status} ${reason}`, options);
    this.name = 'RequestFailed';
  }
}
