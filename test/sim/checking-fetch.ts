import type { Step } from '../../src/agent/protocol/step';
import { type ContractRoute, contractRoutes } from './contract-routes';
import { findViolations } from './contract-schema';
import { findReplyViolations, findStepViolations } from './step-contract';

const basePath = '/api/assisted-install/v1';

/** What a checking fetch has seen. */
export interface Traffic {
  violations: string[];
  /** Number of calls by operation and status, as `GetNextSteps 200`. */
  calls: Map<string, number>;
}

/** What is wrong with what was sent; a deliberate mistake must have been answered with 422, and nothing else may be. */
function checkRequest(route: ContractRoute, body: unknown, status: number): string[] {
  const violations = findRequestViolations(route, body);
  if (status !== 422) return violations;
  return violations.length > 0 ? [] : [`${route.operationId} was refused as against the schema: ${String(body)}`];
}

function findRequestViolations(route: ContractRoute, body: unknown): string[] {
  if (!route.request) return typeof body === 'string' ? [`${route.operationId} takes no body`] : [];
  if (typeof body !== 'string') return [`${route.operationId} was sent without its body`];
  const value: unknown = JSON.parse(body);
  const violations = findViolations(route.request, value);
  return route.operationId === 'PostStepReply' ? [...violations, ...findReplyViolations(value as object)] : violations;
}

async function checkAnswer(route: ContractRoute, response: Response): Promise<string[]> {
  const definition = route.answers[response.status];
  const call = `${route.operationId} ${response.status}`;
  if (definition === undefined) return [`${call} is not an answer of the contract`];
  if (definition === 'bytes') return [];
  const text = await response.text();
  if (definition === 'empty') return text === '' ? [] : [`${call} has a body: ${text.slice(0, 80)}`];
  const value = JSON.parse(text) as { instructions?: Step[] | null };
  const violations = findViolations(definition, value);
  return route.operationId === 'GetNextSteps' ? [...violations, ...(value.instructions ?? []).flatMap(findStepViolations)] : violations;
}

/** A fetch that holds every body sent and every answer received against the contract and keeps what it finds in `traffic`. */
export function createCheckingFetch(): { fetch: typeof fetch; traffic: Traffic } {
  const traffic: Traffic = { violations: [], calls: new Map() };
  return {
    traffic,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const method = init?.method ?? 'GET';
      const path = url.pathname.slice(basePath.length);
      const route = contractRoutes.find((candidate) => candidate.method === method && candidate.path.test(path));
      if (!url.pathname.startsWith(basePath) || !route) {
        traffic.violations.push(`${method} ${url.pathname} is not an operation of the contract`);
        return fetch(input, init);
      }
      const response = await fetch(input, init);
      traffic.violations.push(...checkRequest(route, init?.body, response.status));
      const call = `${route.operationId} ${response.status}`;
      traffic.calls.set(call, (traffic.calls.get(call) ?? 0) + 1);
      traffic.violations.push(...(await checkAnswer(route, response.clone())).map((violation) => `${call}: ${violation}`));
      return response;
    },
  };
}
