import type { AbsenceCheck } from '../services/absence-check';
import type { ServiceDeps } from '../services/deps';
import type { AgentServices } from './agent-services';
import type { Authentication } from './authentication';
import type { RateLimits } from './middleware/rate-limits';
import type { Readiness } from './middleware/readiness';

/** Numbers about requests; the route is a pattern, never a path with ids. */
export interface RequestMetrics {
  requestStarted(request: { route: string; method: string }): () => void;
  observeRequest(request: { route: string; method: string; code: number; seconds: number; bytes: number }): void;
  render(): Promise<{ contentType: string; body: string }>;
}

export interface ApiLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything the REST API needs; wired in src/main.ts. */
export interface ApiDeps {
  services: ServiceDeps;
  agents: AgentServices;
  authentication: Authentication;
  rateLimits: RateLimits;
  /** Proxies in front of the service whose entries in X-Forwarded-For are true. */
  trustedProxies: number;
  /** Asked until it says ready for the first time, and for every GET /ready. */
  readiness: () => Readiness;
  /** What has to be certain before anybody is told that a cluster or host is not there. */
  absence: AbsenceCheck;
  metrics: RequestMetrics;
  log: ApiLog;
  /** Origins whose pages may call the API. */
  allowedDomains: readonly string[];
  /** Longest request body in bytes. */
  maxBodyBytes: number;
  /** Shown in the OpenAPI document. */
  version: string;
}
