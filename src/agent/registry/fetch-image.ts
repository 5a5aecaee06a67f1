import { createHash } from 'node:crypto';
import { arch } from 'node:os';
import { records, textOf } from '../machine/field';
import { isRecord } from '../protocol/is-record';
import { parseImageReference } from './image-reference';
import { createRegistryClient, type RegistryAccess, type RegistryClient } from './registry-client';

const manifestTypes = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'];
const indexTypes = ['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json'];
const accept = [...manifestTypes, ...indexTypes].join(', ');
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', ppc64: 'ppc64le', s390x: 's390x' };

/**
 * Downloads all of an image, checks it and keeps nothing: whether and how fast this machine gets it. Answers its size in bytes;
 * rejects with the reason when it can't be had.
 */
export async function fetchImage(name: string, access: RegistryAccess): Promise<number> {
  const image = parseImageReference(name);
  if (image === undefined) throw new Error(`${name} does not name its registry`);
  const client = createRegistryClient(image, access);
  const layers = await findLayers(client, image.reference);
  let bytes = 0;
  for (const digest of layers) bytes += await fetchBlob(client, digest);
  return bytes;
}

async function findLayers(client: RegistryClient, reference: string): Promise<string[]> {
  const manifest: unknown = await (await client.get(`manifests/${reference}`, accept)).json();
  if (!isRecord(manifest)) throw new Error('the manifest is not an object');
  if (!Array.isArray(manifest['manifests'])) return [...records([manifest['config']]), ...records(manifest['layers'])].map((part) => textOf(part, 'digest'));
  const wanted = architectures[arch()] ?? arch();
  const own = records(manifest['manifests']).find(({ platform }) => isRecord(platform) && platform['os'] === 'linux' && platform['architecture'] === wanted);
  if (own === undefined) throw new Error(`the image is not there for linux/${wanted}`);
  return findLayers(client, textOf(own, 'digest'));
}

async function fetchBlob(client: RegistryClient, digest: string): Promise<number> {
  const response = await client.get(`blobs/${digest}`, '*/*');
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    hash.update(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
  }
  if (digest !== `sha256:${hash.digest('hex')}`) throw new Error(`what came for ${digest} has another checksum`);
  return bytes;
}
