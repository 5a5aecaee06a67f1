import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** The least that a server on Node can do: hands through what the address in its argument answers, and prints its own port. */
const source = process.argv[2] ?? '';
const server = createServer((request, response) => {
  get(source, { headers: { Range: request.headers.range ?? 'bytes=0-' } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { 'Content-Length': answer.headers['content-length'] ?? '0' });
    pipeline(answer, response, () => undefined);
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
