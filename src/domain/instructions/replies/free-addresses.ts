import { DecodeError } from '../decode';
import { decodeFreeAddresses } from '../decode-replies';
import type { ReplyReader } from '../step-reply';

export const readFreeAddressesReply: ReplyReader = (output) => {
  const networks = decodeFreeAddresses(output, 'networks');
  if (networks.length === 0) return { refusal: { type: 'Invalid', reason: 'The scan for free addresses names no network' } };
  const freeAddresses = networks.map(({ network, free_addresses = [] }, index) => {
    if (network === undefined) throw new DecodeError(`networks[${index}].network is missing`);
    return { network, free_addresses };
  });
  return { patch: { freeAddresses } };
};
