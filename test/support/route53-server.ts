import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

interface RecordSet { name: string; type: string; ttl: string; values: string[] }
interface SeenRequest { method: string; path: string; body: string; headers: IncomingMessage['headers'] }
/** How the next requests are answered instead; null hangs until the caller gives up. `after`: the work is done first. */
interface Fault { times: number; answer: { status: number; code: string; message: string } | null; after?: boolean; of?: 'GET' | 'POST' }

const namespace = 'https://route53.amazonaws.com/doc/2013-04-01/';
const tag = (name: string, text: string): string => `<${name}>${text}</${name}>`;
const valuesOf = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text = '']) => text);
const first = (xml: string, name: string): string => valuesOf(xml, name)[0] ?? '';
/** Route 53 sorts names from their end. */
const orderOf = (name: string): string => name.replace(/\.$/, '').replace(/\*/g, '\\052').split('.').reverse().join('\0');
const keyOf = ({ name, type }: { name: string; type: string }): string => `${orderOf(name)}\u0001${type}`;

/** An endpoint that takes the calls of Route 53 which the service makes, keeps the records of its zones, and all requests it saw. */
export async function startRoute53Server(zones: Record<string, string>) {
  const requests: SeenRequest[] = [];
  const faults: Fault[] = [];
  const records = new Map(Object.keys(zones).map((id) => [id, new Map<string, RecordSet>()]));

  const server = createServer((request, response) => {
    void readBody(request).then((body) => answer(request, body, response));
  });

  function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const seen = { method: request.method ?? '', path: request.url ?? '', body, headers: request.headers };
    requests.push(seen);
    const fault = faults.find(({ times, of }) => times > 0 && (of === undefined || of === seen.method));
    if (fault) fault.times -= 1;
    if (fault?.answer === null) return;
    const { status, xml } = fault?.answer && !fault.after ? failure(fault.answer) : work(seen);
    const sent = fault?.answer && fault.after ? failure(fault.answer) : { status, xml };
    response.writeHead(sent.status, { 'content-type': 'text/xml', 'x-amzn-requestid': `request-${requests.length}` }).end(`<?xml version="1.0"?>\n${sent.xml}`);
  }

  function work({ method, path, body }: SeenRequest): { status: number; xml: string } {
    const url = new URL(path, 'http://route53');
    const id = /^\/2013-04-01\/hostedzone\/([^/]+)\/rrset\/?$/.exec(url.pathname)?.[1] ?? '';
    const zone = records.get(id);
    if (!zone) return failure({ status: 404, code: 'NoSuchHostedZone', message: `No hosted zone found with ID: ${id}` });
    return method === 'GET' ? list(zone, url.searchParams) : change(zone, zones[id] ?? '', body);
  }

  return {
    url: '',
    requests,
    faults,
    /** The records of a zone as `name type values`, sorted. */
    show: (zoneId: string): string[] => [...(records.get(zoneId) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { name, type, values }]) => `${name.replace(/\.$/, '')} ${type} ${values.join(',')}`),
    put(zoneId: string, record: RecordSet): void {
      records.get(zoneId)?.set(keyOf(record), record);
    },
    async open() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      this.url = `http://127.0.0.1:${address.port}`;
      return this;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const failure = ({ status, code, message }: { status: number; code: string; message: string }) =>
  ({ status, xml: `<ErrorResponse xmlns="${namespace}">${tag('Error', tag('Type', 'Sender') + tag('Code', code) + tag('Message', message))}${tag('RequestId', 'r')}</ErrorResponse>` });

function list(zone: Map<string, RecordSet>, query: URLSearchParams): { status: number; xml: string } {
  const start = orderOf(query.get('name') ?? '');
  const sorted = [...zone].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([key]) => key >= start).slice(0, Number(query.get('maxitems') ?? 300));
  const sets = sorted.map(([, { name, type, ttl, values }]) => tag('ResourceRecordSet',
    tag('Name', name.replace('*', '\\052')) + tag('Type', type) + tag('TTL', ttl) + tag('ResourceRecords', values.map((value) => tag('ResourceRecord', tag('Value', value))).join(''))));
  return { status: 200, xml: `<ListResourceRecordSetsResponse xmlns="${namespace}">${tag('ResourceRecordSets', sets.join(''))}<IsTruncated>false</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>` };
}

function change(zone: Map<string, RecordSet>, domain: string, body: string): { status: number; xml: string } {
  const next = new Map(zone);
  for (const entry of valuesOf(body, 'Change')) {
    const record = { name: `${first(entry, 'Name').replace(/\.$/, '')}.`, type: first(entry, 'Type'), ttl: first(entry, 'TTL'), values: valuesOf(entry, 'Value') };
    const problem = record.name.endsWith(`.${domain}.`) ? undefined : `RRSet with DNS name ${record.name} is not permitted in zone ${domain}.`;
    const held = next.get(keyOf(record));
    const isThere = held !== undefined && held.ttl === record.ttl && held.values.join() === record.values.join();
    if (problem === undefined && first(entry, 'Action') === 'DELETE' && !isThere) return failure({ status: 400, code: 'InvalidChangeBatch', message: `Tried to delete resource record set [name='${record.name}', type='${record.type}'] but it was not found` });
    if (problem !== undefined) return failure({ status: 400, code: 'InvalidChangeBatch', message: problem });
    if (first(entry, 'Action') === 'DELETE') next.delete(keyOf(record));
    else next.set(keyOf(record), record);
  }
  zone.clear();
  for (const [key, record] of next) zone.set(key, record);
  return { status: 200, xml: `<ChangeResourceRecordSetsResponse xmlns="${namespace}">${tag('ChangeInfo', tag('Id', '/change/C1') + tag('Status', 'PENDING') + tag('SubmittedAt', '2026-01-01T00:00:00Z'))}</ChangeResourceRecordSetsResponse>` };
}
