import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SecretBox } from '../src/db/secret-box';
import type { ClusterSnapshot } from '../src/domain/cluster/model';

const [compress, uncompress] = [promisify(gzip), promisify(gunzip)];
const formatVersion = 1;

/** What the state object of a cluster holds: its rows as they were when a document changed last. */
export interface StoredState {
  snapshot: ClusterSnapshot;
  revision: number;
  /** Encrypted, as in its column; null when none is set. */
  pullSecret: Buffer | null;
}

/** Where the state object of a cluster lies. */
export const stateObjectAddress = (clusterId: string) => ({ bucket: 'private' as const, key: `${clusterId}/state` });

/** Encrypts and packs a state. What hosts measured of each other stays out: it grows with their square, and they measure it again. */
export async function sealState(secretBox: SecretBox, { snapshot, revision, pullSecret }: StoredState): Promise<Buffer> {
  const hosts = snapshot.hosts.map(({ facts: { connectivity: _connectivity, freeAddresses: _freeAddresses, ...facts }, ...host }) => ({ ...host, validationsInfo: '', facts }));
  const text = JSON.stringify({ version: formatVersion, revision, pullSecret: pullSecret?.toString('base64') ?? null, snapshot: { ...snapshot, hosts } });
  return secretBox.seal((await compress(text)).toString('base64'));
}

/** Opens what `sealState` gave. Throws when it was changed, is of another cluster, or was sealed with another key. */
export async function openState(secretBox: SecretBox, sealed: Buffer, clusterId: string): Promise<StoredState> {
  const text = (await uncompress(Buffer.from(secretBox.open(sealed), 'base64'))).toString('utf8');
  // Encryption proves that the service wrote it, so its shape is that of the version it names.
  const state = JSON.parse(text, reviveDates) as { version: number; revision: number; pullSecret: string | null; snapshot: ClusterSnapshot };
  if (state.version !== formatVersion) throw new Error(`The state object of cluster ${clusterId} has format ${state.version}, which this version of the service does not know.`);
  if (state.snapshot.cluster.id !== clusterId) throw new Error(`The state object of cluster ${clusterId} is that of another cluster.`);
  return { snapshot: state.snapshot, revision: state.revision, pullSecret: state.pullSecret === null ? null : Buffer.from(state.pullSecret, 'base64') };
}

/** Times of the model are the fields whose name ends so; what agents report has names of another style. */
const reviveDates = (key: string, value: unknown): unknown => (key.endsWith('At') && typeof value === 'string' ? new Date(value) : value);
