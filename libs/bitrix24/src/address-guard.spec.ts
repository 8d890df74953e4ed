import { expect, test } from '@jest/globals';
import { isListedHost, isPublicAddress } from './address-guard.js';

test.each([
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private', '10.0.0.0', '10.255.255.255'],
  ['carrier-grade NAT', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.1', '127.255.255.255'],
  ['link-local, metadata of clouds', '169.254.0.0', '169.254.169.254'],
  ['private', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.0', '192.0.2.255'],
  ['6to4 relays', '192.88.99.0', '192.88.99.255'],
  ['private', '192.168.0.0', '192.168.255.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['documentation', '198.51.100.0', '198.51.100.255'],
  ['documentation', '203.0.113.0', '203.0.113.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved, broadcast', '240.0.0.0', '255.255.255.255'],
  ['unspecified, loopback', '::', '::1'],
  ['IPv4-mapped', '::ffff:127.0.0.1', '::ffff:8.8.8.8'],
  ['IPv4-mapped in hexadecimal', '::ffff:7f00:1', '::ffff:a00:1'],
  ['IPv4-compatible', '::127.0.0.1', '::7f00:1'],
  ['NAT64', '64:ff9b::127.0.0.1', '64:ff9b:1::a00:1'],
  ['discard only', '100::', '100::ffff'],
  ['Teredo and ORCHID', '2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '2001:db8::', '2001:db8:ffff::1'],
  ['6to4', '2002:7f00:1::', '2002:a00:1::1'],
  ['documentation', '3fff::', '3fff:fff::1'],
  ['segment routing', '5f00::', '5f00:ffff::1'],
  ['unique local', 'fc00::', 'fdff:ffff::1'],
  ['link-local', 'fe80::1', 'febf::1'],
  ['link-local with a zone', 'fe80::1%eth0', 'fe80::1%1'],
  ['site-local', 'fec0::1', 'feff::1'],
  ['multicast', 'ff02::1', 'ff0e::1'],
  ['no address', '', 'localhost'],
])('%s is not public: %s, %s', (_title, first, last) => {
  expect([isPublicAddress(first), isPublicAddress(last)]).toEqual([false, false]);
});

test.each([
  ['below 10/8', '9.255.255.255'],
  ['above 10/8', '11.0.0.0'],
  ['below shared addresses', '100.63.255.255'],
  ['above shared addresses', '100.128.0.0'],
  ['below loopback', '126.255.255.255'],
  ['above loopback', '128.0.0.0'],
  ['beside link-local', '169.253.255.255'],
  ['below 172.16/12', '172.15.255.255'],
  ['above 172.16/12', '172.32.0.0'],
  ['beside 192.168/16', '192.169.0.0'],
  ['beside benchmarks', '198.20.0.0'],
  ['below multicast', '223.255.255.255'],
  ['a resolver', '2606:4700:4700::1111'],
  ['above protocols of IPv6', '2001:200::1'],
  ['beside documentation', '2001:db9::1'],
  ['beside 6to4', '2003::1'],
])('%s is public: %s', (_title, address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['https://portal.local', true],
  ['https://portal.local:8443', true],
  ['https://portal.local.', true],
  ['https://PORTAL.local', true],
  ['https://other.portal.local', false],
  ['https://portal.local.evil.ru', false],
  ['https://10.0.0.5:8443', true],
  ['https://10.0.0.5', false],
  ['https://0xa.0.0.5:8443', true],
  ['https://10.0.0.5:844', false],
  ['https://crm.local', true],
  ['http://crm.local', false],
  ['https://[fd00::1]', true],
  ['https://[fd00::2]', false],
])('%s listed: %s', (origin, isListed) => {
  const list = ['portal.local', '10.0.0.5:8443', 'crm.local:443', '[fd00::1]'];
  expect(isListedHost(origin, list)).toBe(isListed);
});
