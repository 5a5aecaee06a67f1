import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

const maxExpiresInSeconds = 7 * 24 * 3600;

/**
 * Address that permits to fetch one object for some time, at most 7 days, signed in its query (AWS Signature Version 4). Asks no server.
 * @param client of the address by which those who fetch reach the S3 server: it is part of what is signed
 * @param request `at`: when the time begins, now by default
 */
export function presignGet(
  client: S3Client,
  object: { Bucket: string; Key: string },
  request: { fileName: string; expiresInSeconds: number; at?: Date },
): Promise<string> {
  const command = new GetObjectCommand({ ...object, ResponseContentDisposition: `attachment; filename="${request.fileName}"` });
  const expiresIn = Math.min(maxExpiresInSeconds, Math.max(1, Math.floor(request.expiresInSeconds)));
  return getSignedUrl(client, command, { expiresIn, ...(request.at && { signingDate: request.at }) });
}
