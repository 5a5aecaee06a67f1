import { type Cidr, familyBits, spellAddress } from '../../domain/network/address';

/** The address at a position of a network; position 0 is the network's own address. Throws when the network ends before. */
export function addressAt({ family, prefix, base, network }: Cidr, position: number): string {
  if (position < 0 || BigInt(position) >= 1n << BigInt(familyBits(family) - prefix)) throw new Error(`${network} has no address ${position}`);
  return spellAddress(family, base + BigInt(position));
}
