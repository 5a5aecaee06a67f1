import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import type { StoreOptions } from '../../src/store/create-store';

export interface RawUpload {
  key: string;
  id: string;
  begun: number;
}

export interface RawUploads {
  /** Leaves on the server what a process leaves that dies in the middle of an upload; resolves once later uploads have a later time. */
  leave(bucket: string, key: string): Promise<string>;
  /** Begins uploads without a part. */
  begin(bucket: string, keys: readonly string[]): Promise<void>;
  list(bucket: string, prefix?: string): Promise<RawUpload[]>;
  close(): void;
}

/** Uploads in parts that no store of ours knows of. */
export function rawUploads({ endpoint, region, accessKeyId, secretAccessKey }: StoreOptions): RawUploads {
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  const begin = async (Bucket: string, Key: string): Promise<string> => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    if (UploadId === undefined) throw new Error('the upload has no id');
    return UploadId;
  };
  const list: RawUploads['list'] = async (Bucket, Prefix) => {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
    return Uploads.map(({ Key = '', UploadId = '', Initiated }) => ({ key: Key, id: UploadId, begun: Initiated?.getTime() ?? NaN }));
  };
  return {
    async leave(Bucket, Key) {
      const UploadId = await begin(Bucket, Key);
      await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'a pull secret' }));
      const begun = async (id: string): Promise<number> => (await list(Bucket)).find((upload) => upload.id === id)?.begun ?? NaN;
      const before = await begun(UploadId);
      // The server tells times by the second.
      while ((await begun(await begin(Bucket, 'clock'))) <= before);
      return UploadId;
    },
    async begin(bucket, keys) {
      for (let start = 0; start < keys.length; start += 32) await Promise.all(keys.slice(start, start + 32).map((key) => begin(bucket, key)));
    },
    list,
    close: () => client.destroy(),
  };
}
