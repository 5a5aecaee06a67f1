import type { StepType } from '../../src/domain/host/step-type';
import { findJson } from '../../src/agent/protocol/find-json';
import { type DefinitionName, findViolations } from './contract-schema';

interface StepDefinitions {
  request?: DefinitionName;
  response?: DefinitionName;
}

/** The definitions of what travels inside steps and replies; a type without any carries nothing. */
export const stepDefinitions: Partial<Record<StepType, StepDefinitions>> = {
  inventory: { response: 'inventory' },
  'connectivity-check': { request: 'connectivity-check-params', response: 'connectivity-report' },
  'free-network-addresses': { request: 'free_addresses_request', response: 'free_networks_addresses' },
  'ntp-synchronizer': { request: 'ntp_synchronization_request', response: 'ntp_synchronization_response' },
  'dhcp-lease-allocate': { request: 'dhcp_allocation_request', response: 'dhcp_allocation_response' },
  'api-vip-connectivity-check': { request: 'api_vip_connectivity_request', response: 'api_vip_connectivity_response' },
  'installation-disk-speed-check': { request: 'disk_speed_check_request', response: 'disk_speed_check_response' },
  'container-image-availability': { request: 'container_image_availability_request', response: 'container_image_availability_response' },
};

/** What is wrong with the request inside a step's arguments. */
export function findStepViolations(step: { step_type?: StepType; args?: string[] | null }): string[] {
  const definition = step.step_type && stepDefinitions[step.step_type]?.request;
  if (!definition) return [];
  try {
    findJson(step.args ?? [], (value): value is object => findViolations(definition, value).length === 0);
    return [];
  } catch {
    return [`step ${step.step_type}: no ${definition} in ${JSON.stringify(step.args)}`];
  }
}

/** What is wrong with the output of a reply; a failure may say anything. */
export function findReplyViolations(reply: { step_type?: StepType; exit_code?: number; output?: string }): string[] {
  const definition = reply.step_type && stepDefinitions[reply.step_type]?.response;
  if (reply.exit_code !== 0) return [];
  if (!definition) return reply.output ? [`reply ${reply.step_type}: unexpected output`] : [];
  return findViolations(definition, JSON.parse(reply.output ?? ''));
}
