import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serviceMetrics } from '../../src/domain/metrics/service-metrics';
import { createMetrics } from '../../src/observability/metrics';

const names = Object.keys(serviceMetrics).map((name) => `service_assisted_installer_${name}`);
const labels = (cid: string) => ({ ver: '4.8.14', cid, ed: 'example.com' });
const linesOf = async (metrics: ReturnType<typeof createMetrics>, text: string) => (await metrics.render()).body.split('\n').filter((line) => !line.startsWith('#') && line.includes(text));

describe('the metrics', () => {
  it('have the names, types and buckets that dashboards know', async () => {
    const { body } = await createMetrics().render();
    expect(names).toHaveLength(19);
    for (const name of names) expect(body).toMatch(new RegExp(`^# TYPE ${name} (counter|histogram|gauge)$`, 'm'));
    for (const name of ['http_request_duration_seconds', 'http_response_size_bytes', 'http_requests_inflight', 'api_outbound_request_count', 'api_outbound_request_duration', 'api_outbound_token_request_count', 'api_outbound_token_request_duration']) {
      expect(body).toMatch(new RegExp(`^# TYPE ${name} `, 'm'));
    }
    expect(body).toMatch(/^service_assisted_installer_filesystem_usage_percentage \d/m);
  });

  it('are all described where operators read', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');
    for (const [name, { labels: own }] of Object.entries(serviceMetrics)) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row, name).toBeDefined();
      for (const label of own) expect(row).toContain(label);
    }
  });

  it('of a cluster go with the cluster, those of others stay', async () => {
    const metrics = createMetrics();
    for (const cid of ['first', 'second']) {
      metrics.record([
        { metric: 'cluster_creations', labels: labels(cid), value: 1 },
        { metric: 'cluster_installation_seconds', labels: { result: 'installed', ...labels(cid) }, value: 2_000 },
        { metric: 'host_validation_failed_after_success_before_installation', labels: { ver: '4.8.14', ed: 'example.com', hostValidationType: 'connected' }, value: 1 },
      ]);
    }
    expect(metrics.clusters().sort()).toEqual(['first', 'second']);
    expect((await linesOf(metrics, 'cid="first"')).length).toBeGreaterThan(10);
    metrics.forgetCluster('first');
    expect(await linesOf(metrics, 'cid="first"')).toEqual([]);
    expect(metrics.clusters()).toEqual(['second']);
    expect(await linesOf(metrics, 'cluster_creations{')).toEqual(['service_assisted_installer_cluster_creations{ver="4.8.14",cid="second",ed="example.com"} 1']);
    expect(await linesOf(metrics, 'host_validation_failed')).toEqual([expect.stringMatching(/hostValidationType="connected"\} 2$/)]);
  });

  it('count the calls to OCM and the requests under way', async () => {
    const metrics = createMetrics();
    metrics.observeOcmCall({ operation: 'reviewAccess', method: 'POST', path: '/api/authorizations/v1/access_review', status: null, durationMs: 50, token: false });
    metrics.observeOcmCall({ operation: 'token', method: 'POST', path: '/token', status: 200, durationMs: 50, token: true });
    expect(await linesOf(metrics, 'api_outbound_request_count')).toEqual(['api_outbound_request_count{method="POST",path="/api/authorizations/v1/access_review",code="0"} 1']);
    expect(await linesOf(metrics, 'api_outbound_token_request_count')).toEqual(['api_outbound_token_request_count{code="200"} 1']);
    expect(await linesOf(metrics, 'operation_duration_miliseconds_count{operation="OCM-reviewAccess"}')).toHaveLength(1);
    const finish = metrics.requestStarted({ route: '/clusters', method: 'GET' });
    expect(await linesOf(metrics, 'http_requests_inflight')).toEqual(['http_requests_inflight{service="assisted-installer",handler="/clusters",method="GET"} 1']);
    finish();
    metrics.observeRequest({ route: '/clusters', method: 'GET', code: 200, seconds: 0.02, bytes: 50 });
    expect(await linesOf(metrics, 'http_request_duration_seconds_count')).toEqual(['http_request_duration_seconds_count{service="assisted-installer",handler="/clusters",method="GET",code="200"} 1']);
  });
});
