import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand, Route53Client, Route53ServiceException, type ResourceRecordSet, type RRType } from '@aws-sdk/client-route-53';
import type { DnsChange, FoundRecord } from '../domain/dns/dns-record';
import { DnsError } from './dns-error';
import { readRecordName } from './record-name';

export interface Route53Options {
  /** Empty for AWS itself. */
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The zones of one account of Route 53. */
export interface DnsZones {
  /** All records of one name. */
  listRecords(zoneId: string, name: string, signal: AbortSignal): Promise<FoundRecord[]>;
  /** All of the changes, or none of them. */
  changeRecords(zoneId: string, changes: readonly DnsChange[], signal: AbortSignal): Promise<void>;
  close(): void;
}

/** More than one name has: a record of each type. */
const pageSize = 50;

/** Its calls fail with a DnsError, or with the reason of their signal. */
export function createRoute53(options: Route53Options): DnsZones {
  const { accessKeyId, secretAccessKey, region, endpoint } = options;
  const client = new Route53Client({
    region,
    ...(endpoint && { endpoint }),
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 },
  });
  return {
    async listRecords(zoneId, name, signal) {
      const command = new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name, MaxItems: pageSize });
      const { ResourceRecordSets = [] } = await attempt(signal, () => client.send(command, { abortSignal: signal }));
      return ResourceRecordSets.map(toFoundRecord).filter((record) => record.name === name);
    },
    async changeRecords(zoneId, changes, signal) {
      const Changes = changes.map(({ action, record }) => ({ Action: action, ResourceRecordSet: toRecordSet(record) }));
      const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch: { Changes } });
      await attempt(signal, () => client.send(command, { abortSignal: signal }));
    },
    close: () => client.destroy(),
  };
}

const toFoundRecord = ({ Name = '', Type = 'A', TTL = 0, ResourceRecords = [], SetIdentifier }: ResourceRecordSet): FoundRecord => ({
  name: readRecordName(Name),
  type: Type,
  ttlSeconds: TTL,
  values: SetIdentifier === undefined ? ResourceRecords.map(({ Value = '' }) => Value) : [],
});

const isRecordType = (type: string): type is RRType => type === 'A' || type === 'AAAA';

function toRecordSet({ name, type, ttlSeconds, values }: FoundRecord): ResourceRecordSet {
  if (!isRecordType(type)) throw new Error(`records of type ${type} are none of this service`);
  return { Name: name, Type: type, TTL: ttlSeconds, ResourceRecords: values.map((Value) => ({ Value })) };
}

/** Answers with a 4xx that only say "not now". */
const transient = ['Throttling', 'ThrottlingException', 'PriorRequestNotComplete', 'RequestTimeout', 'RequestExpired'];

async function attempt<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    signal.throwIfAborted();
    throw toDnsError(error);
  }
}

/** Of a refusal only what says nothing about the account: its numbers and roles are nobody's business but its owner's. */
function toDnsError(error: unknown): DnsError {
  if (!(error instanceof Route53ServiceException)) return new DnsError('Unavailable', 'Route 53 did not answer', { cause: error });
  const status = error.$metadata.httpStatusCode ?? 0;
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429 && !transient.includes(error.name);
  const detail = error.name === 'InvalidChangeBatch' ? `: ${error.message}` : '';
  return new DnsError(isRefusal ? 'Refused' : 'Unavailable', `Route 53 answered ${error.name}${detail}`.slice(0, 500), { cause: error });
}
