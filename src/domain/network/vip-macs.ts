/** The mixing table of RFC 3074, two hexadecimal digits an entry. */
const mixingTable =
  'fbaf77d7510e4fbf6731b58fba9d00e81f20373c983a11edae46a090dc5a39df3b03128c6fa6cbc486f37c5fdeb3c541b430240f6b2ee982a51e7ba1d1176110' +
  '285bdb3d640ad26dfa7f168a1d6cf443cf09b2cc4a627ef9a774224dc1c8790514714723800db65e19e2e3c74b1b29f5e6e02be1b11a9b96d48eda73f1495869' +
  '27723effc0c991d6a89edd949a7a0c5452a32c8be4eccdf2d90bbb929f4056efc32a6ac67670b8ac5702ad75b0e5f7fd89b963a466932d42e7348dd3c2cef6ee' +
  '386e4ef83ff0bd5d5c3335b713ab48322168654508fc53784c875536ca7dbcd560eb88d0a281be849c262f0107fe1804d88359151c8525999550aa4406a9ea97';

const table = Array.from({ length: 256 }, (_, index) => Number.parseInt(mixingTable.slice(2 * index, 2 * index + 2), 16));

const vendorPrefix = '00:1a:4a';

export interface VipMacs {
  api: string;
  ingress: string;
}

/** MAC addresses under which the virtual addresses of a cluster ask a DHCP server for their leases: stable for the cluster's id. */
export function vipMacs(clusterId: string): VipMacs {
  const id = clusterId.toLowerCase();
  return { api: macOf(`${id}-api`), ingress: macOf(`${id}-ingress`) };
}

function macOf(key: string): string {
  return [vendorPrefix, ...[0, 1, 2].map((round) => pearson(key, round).toString(16).padStart(2, '0'))].join(':');
}

function pearson(key: string, round: number): number {
  const at = (index: number): number => table[index % 256] ?? 0;
  let hash = at(key.charCodeAt(0) + round);
  for (let index = 0; index < key.length; index += 1) hash = at(hash ^ key.charCodeAt(index));
  return hash;
}
