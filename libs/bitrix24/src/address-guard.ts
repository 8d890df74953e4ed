import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';

/** Answers with every address of a host name, as `dns.lookup` does with `all`. */
export type Resolver = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** What may be reached besides public addresses, and by whom names are resolved. */
export interface AddressRules {
  /** Hosts of an operator's private network: `host` for all of its ports, or `host:port`, as a URL writes them. */
  privateHosts?: readonly string[];
  /** The system's when left out. */
  resolver?: Resolver;
}

export const ADDRESS_NOT_ALLOWED = 'ADDRESS_NOT_ALLOWED';

/** Networks of IPv4 that are not on the internet (IANA special-purpose registry). */
const specialIpv4 = new BlockList();
for (const [network, prefix] of [
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
] as const) {
  specialIpv4.addSubnet(network, prefix, 'ipv4');
}

// All that is public stands in one block: loopback, local, mapped, NAT64 and multicast addresses stand outside of it.
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');

/** Inside that block: protocols of their own (Teredo among them), documentation, and 6to4, which carries IPv4. */
const specialIpv6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  specialIpv6.addSubnet(network, prefix, 'ipv6');
}

/** Whether an address belongs to the public internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !specialIpv4.check(address, 'ipv4');
  return family === 6 && globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}

/** Whether an operator's list names the host of this origin, or the host with its port. */
export function isListedHost(origin: string, privateHosts: readonly string[]): boolean {
  const url = new URL(origin);
  const hostname = url.hostname.replace(/\.$/, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return privateHosts.some((listed) => listed === hostname || listed === `${hostname}:${port}`);
}

/**
 * A connector of undici that opens no connection to an address outside the public internet, unless the host of `origin` is
 * listed. What a name resolves to is judged when the connection is made, and that very address is connected to.
 * Fails with an error of the code ADDRESS_NOT_ALLOWED.
 */
export function guardedConnector(
  origin: string,
  rules: AddressRules,
  options: buildConnector.BuildOptions,
): buildConnector.connector {
  const resolver = rules.resolver ?? systemLookup;
  const isListed = isListedHost(origin, rules.privateHosts ?? []);
  const isAllowed = (address: string): boolean => isListed || isPublicAddress(address);
  const connect = buildConnector({ ...options, lookup: lookupOf(resolver, isAllowed) });
  return (target, callback) => {
    // No name is looked up for an address.
    if (isIP(target.hostname) === 0 || isAllowed(target.hostname)) return connect(target, callback);
    process.nextTick(callback, notAllowed(), null);
  };
}

function lookupOf(resolver: Resolver, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, { all }, callback) => {
    resolver(hostname, { all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = found.filter(({ address }) => isAllowed(address));
      const [first] = addresses;
      if (!first) return callback(notAllowed(), []);
      if (all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

const notAllowed = (): NodeJS.ErrnoException =>
  Object.assign(new Error('The address is not on the public internet.'), { code: ADDRESS_NOT_ALLOWED });
