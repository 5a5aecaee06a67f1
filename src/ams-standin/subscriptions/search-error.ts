/** A search or order expression that can't be understood; the message is for the client. */
export class SearchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SearchError';
  }
}
