import { createHash, createHmac } from 'node:crypto';

export interface PresignCredentials {
  /** Empty for AWS itself. */
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const maxExpiresInSeconds = 7 * 24 * 3600;
const algorithm = 'AWS4-HMAC-SHA256';

const sign = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** Percent-encoding of Signature Version 4: everything but letters, digits and -_.~ */
const encode = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Address that permits to fetch one object for some time, signed in its query (AWS Signature Version 4).
 * @param request `at`: when the time begins, now by default
 */
export function presignGet(
  { endpoint, region, accessKeyId, secretAccessKey }: PresignCredentials,
  { Bucket: bucket, Key: key }: { Bucket: string; Key: string },
  request: { fileName: string; expiresInSeconds: number; at?: Date },
): string {
  const base = new URL(endpoint === '' ? `https://s3.${region}.amazonaws.com` : endpoint);
  const time = (request.at ?? new Date()).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const path = `${base.pathname.replace(/\/$/, '')}/${[bucket, ...key.split('/')].map(encode).join('/')}`;
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(Math.min(maxExpiresInSeconds, Math.max(1, Math.floor(request.expiresInSeconds))))],
    ['X-Amz-SignedHeaders', 'host'],
    ['response-content-disposition', `attachment; filename="${request.fileName}"`],
  ];
  const query = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const canonical = ['GET', path, query, `host:${base.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = [algorithm, time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const signingKey = [region, 's3', 'aws4_request'].reduce<Buffer>((signed, text) => sign(signed, text), sign(`AWS4${secretAccessKey}`, time.slice(0, 8)));
  return `${base.origin}${path}?${query}&X-Amz-Signature=${sign(signingKey, toSign).toString('hex')}`;
}
