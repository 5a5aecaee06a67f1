import type { FreeNetworkAddresses } from '../../agent/protocol/step-payloads';
import type { MachineFacts } from '../machine/machine-facts';
import { parseCidr, toAddress, toNumber } from '../network/ipv4';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';

const isRequest = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item.includes('/'));
const mostAddresses = 1024;
const mostMachines = 80;

function isTaken(address: number, { network }: MachineFacts): boolean {
  const firstMachine = parseCidr(network.cidr).first + network.firstPosition;
  return address === toNumber(network.gateway) || (address >= firstMachine && address < firstMachine + mostMachines);
}

/** All addresses of the asked networks but those of the gateway and of the machines. */
export const scanFreeAddresses: AnswerStep = (args, { machine }) => {
  const networks = findJson(args, isRequest);
  const found = networks.map((cidr): FreeNetworkAddresses => {
    const { first, size } = parseCidr(cidr);
    const hosts = Array.from({ length: Math.max(0, Math.min(size - 2, mostAddresses)) }, (_, offset) => first + 1 + offset);
    return { network: cidr, free_addresses: hosts.filter((address) => !isTaken(address, machine)).map(toAddress) };
  });
  return succeed(found);
};
