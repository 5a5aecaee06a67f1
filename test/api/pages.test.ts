import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/api/operations';
import { renderReference } from '../../src/api/pages/reference/render-reference';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ ready: () => false });
});
afterAll(() => api.close());

const hrefs = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);

describe('the page at the root', () => {
  it('leads to the reference and to what programs read, ready or not', async () => {
    const { status, text, headers } = await api.as.nobody.get('//');
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(hrefs(text)).toEqual(['/api/assisted-install/v1/docs', '/api/assisted-install/v1/openapi', '/ready', '/health', '/metrics']);
    for (const target of hrefs(text)) expect([target, (await api.as.nobody.get(`/${target}`)).status]).toEqual([target, target === '/ready' ? 503 : 200]);
  });
});

describe('the reference', () => {
  it('describes every operation and every schema, and each of its links leads somewhere', async () => {
    const { status, text } = await api.as.nobody.get('/docs');
    expect(status).toBe(200);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId } of operations) expect(ids).toContain(`operation-${operationId}`);
    const document = (await api.as.nobody.get('/openapi')).json as { components: { schemas: Record<string, unknown> } };
    for (const name of Object.keys(document.components.schemas)) expect(ids).toContain(`schema-${name}`);
    const inside = hrefs(text).filter((target) => target.startsWith('#')).map((target) => target.slice(1));
    expect(inside.filter((target) => !ids.includes(target))).toEqual([]);
    expect(new Set(hrefs(text).filter((target) => !target.startsWith('#')))).toEqual(new Set(['/', '/api/assisted-install/v1/openapi']));
  });

  it('shows parameters, bodies, answers and credentials', async () => {
    const { text } = await api.as.nobody.get('/docs');
    const begin = text.indexOf('id="operation-UpdateCluster"');
    const section = text.slice(begin, text.indexOf('</details>', begin));
    for (const part of ['cluster_id', 'in the header', 'admin', 'href="#schema-cluster-update-params"', 'machine_network_cidr', '<code>409</code>', '<code>422</code>']) expect(section).toContain(part);
  });

  it('needs nothing but itself: no script, no foreign address, one style sheet that its policy names', async () => {
    const { text, headers } = await api.as.nobody.get('/docs');
    expect(text).not.toMatch(/<script|<link|<img|src=|@import|url\(|https?:\/\//);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(text) ?? [];
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
  });

  it('shows texts as texts', () => {
    const evil = '<script>alert(1)</script>';
    const html = renderReference({
      info: { title: evil, version: evil, description: evil }, servers: [{ url: evil }],
      paths: { [`/${evil}`]: { get: { operationId: evil, summary: evil, tags: [evil], security: [{ [evil]: [evil] }],
        parameters: [{ name: evil, in: evil, schema: { type: evil, enum: [evil], pattern: evil, default: evil } }],
        requestBody: { content: { [evil]: { schema: { type: 'object', properties: { [evil]: { $ref: evil } } } } } },
        responses: { [evil]: { description: evil, content: { [evil]: { schema: { type: 'array', items: { type: evil } } } } } } } } },
      components: { schemas: { [evil]: { type: 'object', properties: { [evil]: { type: 'string', description: evil } }, required: [evil] } }, securitySchemes: { [evil]: { in: evil, name: evil, description: evil } } },
    }, { document: evil, start: evil });
    expect(html).not.toContain('<script');
  });

  it('has no other method', async () => {
    expect((await api.as.nobody.post('/docs', {})).status).toBe(405);
    expect((await api.as.nobody.post('//', {})).status).toBe(405);
  });
});
