import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Resolver } from './address-guard.js';
import { BitrixClient, type BitrixClientOptions } from './client.js';
import { Limiter, limiterProfiles } from './limiter.js';
import type { Webhook } from './webhook-url.js';

let server: Server;
let port: number;
let connections: number;
let requests: string[];
/** Sent where the answer is a redirect. */
let location: string | null;
const clients: BitrixClient[] = [];

beforeEach(async () => {
  connections = 0;
  requests = [];
  location = null;
  server = createServer((request, response) => {
    requests.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
    const headers = { 'content-type': 'application/json', connection: 'close' };
    if (location === null) response.writeHead(200, headers).end(JSON.stringify({ result: true }));
    else response.writeHead(307, { ...headers, location }).end();
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

function connect(origin: string, options: Partial<BitrixClientOptions> = {}): BitrixClient {
  const webhook: Webhook = { origin, host: new URL(origin).host, userId: '1', code: 's3cret' };
  const limiter = new Limiter(limiterProfiles.off);
  const client = new BitrixClient({ webhook, limiter, retryPauseMs: 1, ...options });
  clients.push(client);
  return client;
}

/** Answers with one list of addresses after another; the last one stays. */
function resolverOf(...answers: string[][]): { resolver: Resolver; asked: string[] } {
  const asked: string[] = [];
  const resolver: Resolver = (hostname, _options, callback) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolver, asked };
}

const refusal = { code: 'ADDRESS_NOT_ALLOWED', retry: 'never' };

test.each([
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '①②⑦.0.0.1',
  '0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::127.0.0.1]',
])('an address in the webhook, written as %s, is not connected to', async (host) => {
  const { resolver, asked } = resolverOf(['127.0.0.1']);
  await expect(connect(`http://${host}:${port}`, { resolver }).call('profile')).rejects.toMatchObject(refusal);
  expect([connections, asked]).toEqual([0, []]);
});

test('a name of a private address is not connected to, however the system resolves it', async () => {
  const failure: unknown = await connect(`http://localhost:${port}`)
    .call('profile')
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    ...refusal,
    message: expect.stringContaining(`adds localhost:${port} to PORTAL_PRIVATE_HOSTS`) as unknown,
  });
  expect(connections).toBe(0);
  await expect(connect(`https://localhost:${port}`).call('profile')).rejects.toMatchObject(refusal);
  const { resolver } = resolverOf(['127.0.0.1']);
  await expect(connect(`http://localhost.:${port}`, { resolver }).call('profile')).rejects.toMatchObject(refusal);
  expect(connections).toBe(0);
});

test('every address of a name is judged', async () => {
  const { resolver } = resolverOf(['::1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254']);
  await expect(connect(`http://portal.example:${port}`, { resolver }).call('profile')).rejects.toMatchObject(refusal);
  expect(connections).toBe(0);
});

test('an answer that changes between two connections does not help', async () => {
  // The server would answer: a listed host gets there by the same addresses.
  const first = resolverOf(['127.0.0.1']);
  const listed = connect(`http://portal.local:${port}`, { ...first, privateHosts: ['portal.local'] });
  expect((await listed.call('profile')).result).toBe(true);
  expect([connections, requests]).toEqual([1, [`portal.local:${port}/rest/1/s3cret/profile.json`]]);

  // A public address that nobody has been given, then one of ours.
  const { resolver, asked } = resolverOf(['2000::1'], ['127.0.0.1']);
  const client = connect(`http://rebinding.example:${port}`, { resolver, timeouts: { connectMs: 300 } });
  const before: unknown = await client.call('profile', {}, { attempts: 1 }).catch((error: unknown) => error);
  expect(before).toMatchObject({ code: expect.stringMatching(/^(UNREACHABLE|TIMED_OUT)$/) as unknown });
  await expect(client.call('profile')).rejects.toMatchObject(refusal);
  expect(asked).toEqual(['rebinding.example', 'rebinding.example']);
  expect(connections).toBe(1);
});

test('a listed port allows that port alone', async () => {
  const allowed = connect(`http://127.0.0.1:${port}`, { privateHosts: [`127.0.0.1:${port}`] });
  expect((await allowed.call('profile')).result).toBe(true);
  const other = connect(`http://127.0.0.1:${port}`, { privateHosts: [`127.0.0.1:${port - 1}`, 'localhost'] });
  await expect(other.call('profile')).rejects.toMatchObject(refusal);
  expect(connections).toBe(1);
});

test.each([
  ['to a private address', 'http://169.254.169.254/latest/meta-data/', 'PORTAL_MOVED'],
  ['to another host', 'https://other.example/rest/1/s3cret/profile.json', 'PORTAL_MOVED'],
  ['to the same host', '/rest/1/s3cret/other.json', 'NOT_JSON'],
])('a redirect %s is not followed', async (_title, to, code) => {
  location = to;
  const { resolver, asked } = resolverOf(['127.0.0.1']);
  const client = connect(`http://portal.local:${port}`, { resolver, privateHosts: ['portal.local'] });
  await expect(client.call('profile', {}, { attempts: 1 })).rejects.toMatchObject({ code });
  expect(requests).toEqual([`portal.local:${port}/rest/1/s3cret/profile.json`]);
  expect(asked).toEqual(['portal.local']);
});

test('a redirect to a server that stands there is not followed either', async () => {
  location = `http://127.0.0.1:${port}/taken`;
  const { resolver } = resolverOf(['127.0.0.1']);
  const client = connect(`http://portal.local:${port}`, { resolver, privateHosts: ['portal.local', '127.0.0.1'] });
  await expect(client.call('profile', {}, { attempts: 1 })).rejects.toMatchObject({ code: 'PORTAL_MOVED' });
  expect(requests).toHaveLength(1);
});
