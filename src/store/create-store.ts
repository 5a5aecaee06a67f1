import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { createBucketOperations } from './buckets';
import { DirectReadHandler } from './direct-read-handler';
import { Limiter } from './limiter';
import { createListingOperations } from './listings';
import { createObjectOperations } from './objects';
import { presignGet } from './presign-get';
import { createPublishOperations } from './publish-stream';
import { withMultipartUpload, type MultipartContext } from './multipart';
import type { Store } from './store';
import { locate, type StoreContext, type StoreLog } from './store-context';
import { createUploadOperations } from './uploads';

export interface StoreOptions {
  /** URL of an S3 server that is addressed by path; empty for AWS itself. */
  endpoint: string;
  /** The same for those who fetch by presigned addresses; `endpoint` by default. */
  publicEndpoint?: string | undefined;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  privateBucket: string;
  publicBucket: string;
  /** Connections at most; every download under way holds one. */
  maxConnections?: number;
  /** Parts copied or uploaded at a time, over all objects. */
  parallelTransfers?: number;
  /** Told of what can be done without. */
  log?: StoreLog;
}

/** Each has 4 MiB of buffers; further reads go the ordinary way. */
const mostDirectReads = 32;

/** A store on any S3 server with SigV4; connections are opened when needed. */
export function createStore(options: StoreOptions): Store {
  const { endpoint, maxConnections = 128, parallelTransfers = 8 } = options;
  const agent = { keepAlive: true, maxSockets: maxConnections };
  const common: S3ClientConfig = {
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    region: options.region,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    maxAttempts: 3,
    // The default checksum trailers are not understood by every S3 server.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
  const client = new S3Client({ ...common, requestHandler: { connectionTimeout: 2_000, httpAgent: agent, httpsAgent: agent } });
  const outside = new S3Client({ ...common, ...(options.publicEndpoint !== undefined && { endpoint: options.publicEndpoint, forcePathStyle: true }) });
  const largeReads = new S3Client({ ...common, requestHandler: new DirectReadHandler(client.config.requestHandler, Math.min(maxConnections, mostDirectReads)) });
  const context: StoreContext = {
    client,
    largeReads,
    buckets: { private: options.privateBucket, public: options.publicBucket },
    transfers: new Limiter(parallelTransfers),
    log: options.log ?? { warn: () => undefined },
  };
  const { abortUploads, abortFormer } = createUploadOperations(context);
  const multipart: MultipartContext = { ...context, abortFormer };
  return {
    ...createBucketOperations(context),
    ...createObjectOperations(context),
    ...createListingOperations(context),
    ...createPublishOperations(multipart),
    abortUploads,
    presignGet: (address, request) => presignGet(outside, locate(context, address), request),
    assembleObject: (target, parts, assembleOptions = {}) =>
      withMultipartUpload(multipart, target, assembleOptions, async ({ addPart }) => {
        await Promise.all(parts.map((part, index) => addPart(index, part)));
      }),
    close: () => {
      largeReads.destroy();
      outside.destroy();
      client.destroy();
    },
  };
}
