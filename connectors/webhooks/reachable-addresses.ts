import { BlockList, isIP } from 'node:net';

/** Everything that is not the public internet (IANA special-purpose registries): this machine, private networks, link-local (cloud metadata), multicast. */
const SPECIAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** Which addresses may be sent to: the public ones, and `allowed` networks (CIDR). An IPv4 address within an IPv6 one counts as special: it has a plain form. */
export class ReachableAddresses {
  // Two lists: in one, the rule for mapped addresses would take every IPv4 address with it.
  readonly #special = { ipv4: new BlockList(), ipv6: new BlockList() };
  readonly #allowed = new BlockList();

  constructor(allowed: readonly string[]) {
    for (const [network, bits] of SPECIAL)
      this.#special[familyOf(network)].addSubnet(network, bits, familyOf(network));
    for (const cidr of allowed) {
      const [network = '', bits] = cidr.split('/');
      const family = familyOf(network);
      this.#allowed.addSubnet(network, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
    }
  }

  has(address: string): boolean {
    if (this.isNamed(address)) return true;
    const family = familyOf(address);
    return isIP(address) !== 0 && !this.#special[family].check(address, family);
  }

  /** In one of the networks that were named. */
  isNamed(address: string): boolean {
    return isIP(address) !== 0 && this.#allowed.check(address, familyOf(address));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}
