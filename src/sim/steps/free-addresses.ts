import type { FreeNetworkAddresses } from '../../agent/protocol/step-payloads';
import { parseCidr } from '../../domain/network/address';
import { addressAt } from '../network/address-at';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';

const isRequest = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && parseCidr(item)?.family === 4);
const mostAddresses = 1024;
const mostMachines = 80;

const upTo = (count: number): number[] => Array.from({ length: Math.max(0, count) }, (_, index) => index);

/** All addresses of the asked networks but those of the gateway and of the machines. */
export const scanFreeAddresses: AnswerStep = (args, { machine: { network } }) => {
  const taken = new Set([network.gateway, ...upTo(mostMachines).map((index) => addressAt(network.range, network.firstPosition + index))]);
  const found = findJson(args, isRequest).flatMap((text): FreeNetworkAddresses[] => {
    const cidr = parseCidr(text);
    if (cidr === undefined) return [];
    const usable = Math.min(2 ** (32 - cidr.prefix) - 2, mostAddresses);
    return [{ network: text, free_addresses: upTo(usable).map((offset) => addressAt(cidr, 1 + offset)).filter((address) => !taken.has(address)) }];
  });
  return succeed(found);
};
