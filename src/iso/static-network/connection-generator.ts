/** A connection of NetworkManager: one file of its folder `system-connections`. */
export interface ConnectionFile {
  /** Ends in `.nmconnection`. */
  name: string;
  content: string;
}

/** Makes connections of NetworkManager out of desired states of nmstate. */
export interface ConnectionGenerator {
  /** What does it, for operators: `builtin` or the path of the program. */
  readonly implementation: string;
  /**
   * Connections for a network. Throws StaticNetworkError when the text is not accepted; any other error means that it could not be told.
   */
  generate(networkYaml: string, signal?: AbortSignal): Promise<ConnectionFile[]>;
}
