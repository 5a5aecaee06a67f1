import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { nodeGenerator } from './generators/find-generator';

it('the generator of the project\'s own asks for all paths with the token, over kept-alive connections, and counts errors', async () => {
  const seen = new Map<string, number>();
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    sockets.add(request.socket);
    const key = `${request.url} ${String(request.headers['x-secret-key'])}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (request.url === '/bad') response.writeHead(404).end('no');
    else response.end('yes');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const result = await nodeGenerator.run({ url, paths: ['/a', '/b', '/bad'], token: 'secret', connections: 4, seconds: 1 });
  server.closeAllConnections();
  server.close();

  expect([...seen.keys()].sort()).toEqual(['/a secret', '/b secret', '/bad secret']);
  expect(sockets.size).toBe(4);
  expect(result.requests).toBe([...seen.values()].reduce((sum, count) => sum + count, 0));
  expect(result.errors).toBe(seen.get('/bad secret'));
  expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
});
