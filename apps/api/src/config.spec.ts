import { parseConfig } from '@funnelwatch/config';
import { expect, test } from '@jest/globals';
import { configSchema, refuseOpenDemo } from './config.js';

const needed = { DATABASE_URL: 'postgres://x@127.0.0.1/x', FUNNELWATCH_KEY_FILE: '/keys/master.key' };
const parse = (more: Record<string, string>) => parseConfig(configSchema, { ...needed, ...more }, { program: 'api' });
const demoPortal = '018f0000-0000-7000-8000-00000000000a';

test.each([
  'http://funnel.example.com',
  'https://funnel.example.com/console',
  'funnel.example.com',
  'x',
  'file:///etc',
])('people do not come by %s', (address) => {
  expect(() => parse({ PUBLIC_URL: address })).toThrow(/PUBLIC_URL: must be an (https address|address without a path)/);
});

test('proxies are told one after the other, and nobody is trusted unless told', () => {
  expect(parse({}).TRUSTED_PROXIES).toEqual([]);
  expect(parse({ TRUSTED_PROXIES: '10.0.0.2, 10.1.0.0/16' }).TRUSTED_PROXIES).toEqual(['10.0.0.2', '10.1.0.0/16']);
});

test('figures are published once a minute unless told, and never when told so', () => {
  expect(parse({}).PUBLISH_SECONDS).toBe(60);
  expect(parse({ PUBLISH_SECONDS: '0' }).PUBLISH_SECONDS).toBe(0);
  expect(() => parse({ PUBLISH_SECONDS: '-1' })).toThrow('PUBLISH_SECONDS');
});

test.each([
  ['where others can reach the API', { HOST: '0.0.0.0' }],
  ['beside an address for people', { PUBLIC_URL: 'https://funnel.example.com' }],
])('demo accounts are refused %s', (_title, more) => {
  expect(() => refuseOpenDemo(parse({ DEMO_PORTAL: demoPortal, ...more }))).toThrow('on this machine alone');
});

test('demo accounts work on this machine', () => {
  expect(() => refuseOpenDemo(parse({ DEMO_PORTAL: demoPortal }))).not.toThrow();
  expect(() => refuseOpenDemo(parse({ HOST: '0.0.0.0' }))).not.toThrow();
});
