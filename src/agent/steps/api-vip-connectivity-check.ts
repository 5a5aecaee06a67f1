import { timeLimit } from '../../signals/time-limit';
import { lookup } from 'node:dns/promises';
import { cidrContains } from '../../domain/network/address';
import { readInterfaces } from '../inventory/interfaces';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { succeed } from '../protocol/step-answer';
import type { ApiVipConnectivityRequest, ApiVipConnectivityResponse } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

const timeoutMs = 10_000;
/** Ignition configurations come in the newest version the asking program says it reads. */
const accept = 'application/vnd.coreos.ignition+json;version=3.1.0, */*;q=0.1';

const isRequest = (value: unknown): value is ApiVipConnectivityRequest =>
  isRecord(value) && typeof value['url'] === 'string' && URL.canParse(value['url']) && /^https?:$/.test(new URL(value['url']).protocol);

/** Tells whether the running cluster gives this machine its configuration. */
export const apiVipConnectivityCheck: RunStep = async (args, context) => {
  const { url, verify_cidr: verifyCidr } = findJson(args, isRequest);
  const response: ApiVipConnectivityResponse = { is_success: (await servesIgnition(url, context)) && (verifyCidr !== true || (await isInOwnNetwork(url, context))) };
  return succeed(response);
};

async function servesIgnition(url: string, { directFetch, signal, log }: StepContext): Promise<boolean> {
  try {
    const response = await directFetch(url, { headers: { accept }, signal: timeLimit(timeoutMs, signal) });
    const config: unknown = response.ok ? await response.json() : undefined;
    if (isRecord(config) && isRecord(config['ignition'])) return true;
    log(`${url} answers ${response.status}${response.ok ? ', but no ignition configuration' : ''}`);
  } catch (error) {
    signal.throwIfAborted();
    log(`${url} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return false;
}

async function isInOwnNetwork(url: string, { machine, log }: StepContext): Promise<boolean> {
  const { hostname } = new URL(url);
  const { address } = await lookup(hostname.replace(/^\[|\]$/g, ''));
  const cidrs = (await readInterfaces(machine)).flatMap((nic) => [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])]);
  if (cidrs.some((cidr) => cidrContains(cidr, address))) return true;
  log(`${address} is in none of the machine's networks: ${cidrs.join(', ')}`);
  return false;
}
