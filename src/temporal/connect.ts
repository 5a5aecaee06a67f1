import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

/**
 * A client that connects with its first call, so that a service starts and serves reads while Temporal is down. It gives up
 * early: who calls decides whether to try again.
 */
export function createTemporalClient(options: { address: string; namespace: string }): { client: Client; connection: Connection } {
  const connection = Connection.lazy({
    address: options.address,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 2 }))],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 3_000 },
  });
  return { connection, client: new Client({ connection, namespace: options.namespace }) };
}
