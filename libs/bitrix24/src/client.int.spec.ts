import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { BitrixClient, type BitrixClientOptions, type Exchange } from './client.js';
import { Limiter, limiterProfiles } from './limiter.js';
import {
  cut,
  failed,
  json,
  ok,
  page,
  type ReceivedRequest,
  type Reply,
  silence,
  startScriptedPortal,
  time,
} from './scripted-portal.spec-fixture.js';
import { parseWebhookUrl } from './webhook-url.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function connect(
  replies: Reply[],
  options: Partial<BitrixClientOptions> = {},
): Promise<{ client: BitrixClient; requests: ReceivedRequest[]; exchanges: Exchange[] }> {
  const portal = await startScriptedPortal(replies);
  const exchanges: Exchange[] = [];
  const client = new BitrixClient({
    webhook: parseWebhookUrl(portal.webhookUrl),
    privateHosts: ['127.0.0.1'],
    limiter: new Limiter(limiterProfiles.off),
    retryPauseMs: 5,
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
  closing.push(portal.close, () => client.close());
  return { client, requests: portal.requests, exchanges };
}

test('a call posts JSON to the method and reads result and time', async () => {
  const { client, requests } = await connect([json(200, { result: [{ ID: '1' }], total: 120, next: 50, time })]);
  const answer = await client.call('crm.deal.list', { filter: { '>ID': 5 }, start: 0 });
  expect(answer).toMatchObject({ result: [{ ID: '1' }], total: 120, next: 50, time: { offsetMinutes: 180 } });
  expect(requests).toMatchObject([
    {
      path: '/rest/1/s3cret/crm.deal.list.json',
      body: { filter: { '>ID': 5 }, start: 0 },
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Funnelwatch/0.1' },
    },
  ]);
});

test('compressed answers are read', async () => {
  const { client } = await connect([
    (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify({ result: 'Привет' })));
    },
  ]);
  expect((await client.call('profile')).result).toBe('Привет');
});

test.each<[string, Reply]>([
  ['a refusal by the request limit', failed(503, 'QUERY_LIMIT_EXCEEDED')],
  ['an internal error', failed(500, 'INTERNAL_SERVER_ERROR')],
  ['a 502 page', page(502)],
  ['an empty 503', (response) => response.writeHead(503).end()],
  ['a page instead of data', page(200)],
  ['a cut connection', cut],
])('a read is repeated after %s', async (_title, reply) => {
  const limiter = new Limiter({ ...limiterProfiles.off });
  const { client, exchanges } = await connect([reply, ok(true)], { limiter });
  expect((await client.call('profile')).result).toBe(true);
  expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(exchanges[1]?.outcome).toBe('ok');
});

test.each<[string, Reply]>([
  ['an internal error', failed(500, 'INTERNAL_SERVER_ERROR')],
  ['a 502 page', page(502)],
  ['a cut connection', cut],
])('a write is not repeated after %s: it may have been applied', async (_title, reply) => {
  const { client, requests } = await connect([reply, ok(1)]);
  await expect(client.call('crm.deal.add', { fields: {} })).rejects.toMatchObject({ retry: 'unknown-outcome' });
  expect(requests).toHaveLength(1);
});

test('a write is repeated when the portal refused it before it ran, and when it is guarded', async () => {
  const refused = await connect([failed(503, 'QUERY_LIMIT_EXCEEDED'), ok(1)]);
  expect((await refused.client.call('crm.deal.add', { fields: {} })).result).toBe(1);
  const guarded = await connect([cut, ok(1)]);
  expect((await guarded.client.call('crm.deal.add', {}, { idempotent: true })).result).toBe(1);
});

test('a batch with one write among reads is not repeated', async () => {
  const { client, requests } = await connect([page(502)]);
  const commands = { a: { method: 'crm.deal.list' }, b: { method: 'crm.deal.update', params: { id: 1 } } };
  await expect(client.batch(commands)).rejects.toMatchObject({ code: 'TEMPORARY', retry: 'unknown-outcome' });
  expect(requests).toHaveLength(1);
});

test('attempts end: four by default', async () => {
  const { client, requests } = await connect([page(502)]);
  await expect(client.call('profile')).rejects.toMatchObject({ code: 'TEMPORARY' });
  expect(requests).toHaveLength(4);
});

test.each<[string, Reply, string]>([
  ['401', failed(401, 'NO_AUTH_FOUND'), 'WEBHOOK_INVALID'],
  ['a missing right', failed(403, 'insufficient_scope'), 'SCOPE_MISSING'],
  ['a closed portal', page(404), 'PORTAL_GONE'],
  ['200 with an error inside', failed(200, 'NO_AUTH_FOUND'), 'WEBHOOK_INVALID'],
  ['a rename', page(302, { location: 'https://new.bitrix24.ru/rest/1/s3cret/profile.json' }), 'PORTAL_MOVED'],
])('%s is told at once, and the code of the webhook stays secret', async (_title, reply, code) => {
  const { client, requests } = await connect([reply, ok(true)]);
  const failure: unknown = await client.call('profile').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code, retry: 'never' });
  const { message, stack, details } = failure as Error & { details: unknown };
  expect(JSON.stringify([message, stack, details, failure])).not.toContain('s3cret');
  expect(requests).toHaveLength(1);
});

test('a host that refuses connections is unreachable', async () => {
  const portal = await startScriptedPortal([]);
  await portal.close();
  const webhook = parseWebhookUrl(portal.webhookUrl);
  const client = new BitrixClient({ webhook, privateHosts: ['127.0.0.1'], retryPauseMs: 1 });
  closing.push(() => client.close());
  await expect(client.call('profile')).rejects.toMatchObject({ code: 'UNREACHABLE', failure: { reason: 'refused' } });
});

test('silence ends with a time-out', async () => {
  const { client } = await connect([silence], { timeouts: { totalMs: 50 } });
  await expect(client.call('profile', {}, { attempts: 1 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
});

test('an answer beyond the limit is refused, compressed or not', async () => {
  const large = JSON.stringify({ result: 'x'.repeat(100_000) });
  const zipped: Reply = (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync(large));
  };
  const plain: Reply = (response) => void response.end(large);
  for (const reply of [zipped, plain]) {
    const { client } = await connect([reply], { maxBodyBytes: 10_000 });
    await expect(client.call('profile')).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
  }
});

test('cancelling ends a call on its way with the given reason', async () => {
  const { client } = await connect([silence]);
  const cancel = new AbortController();
  const call = client.call('profile', {}, { signal: cancel.signal });
  setTimeout(() => cancel.abort(new Error('the program stops')), 20);
  await expect(call).rejects.toThrow('the program stops');
  expect(client.limiter.state().inFlight).toBe(0);
});

test('a batch keeps failures apart and fills the account of operating time', async () => {
  const { client, requests } = await connect([
    ok({
      result: { deals: [{ ID: '1' }], none: null },
      result_error: { secret: { error: 'insufficient_scope', error_description: '' } },
      result_total: { deals: 0 },
      result_next: [],
      result_time: { deals: { ...time, operating: 100, operating_reset_at: 1_790_000_000 } },
    }),
  ]);
  const { outcomes } = await client.batch({
    deals: { method: 'crm.deal.list', params: { filter: { '>ID': 0 }, start: -1 } },
    none: { method: 'crm.currency.base.get' },
    secret: { method: 'user.get', params: { FILTER: { ACTIVE: true } } },
  });
  expect(outcomes.deals).toMatchObject({ ok: true, result: [{ ID: '1' }], total: 0, next: null });
  expect(outcomes.none).toMatchObject({ ok: true, result: null });
  expect(outcomes.secret).toMatchObject({ ok: false, failure: { code: 'SCOPE_MISSING', failure: { scope: 'user' } } });
  expect(requests[0]?.body).toEqual({
    halt: 0,
    cmd: {
      deals: 'crm.deal.list?filter%5B%3EID%5D=0&start=-1',
      none: 'crm.currency.base.get',
      secret: 'user.get?FILTER%5BACTIVE%5D=1',
    },
  });
  expect(client.limiter.state().operating).toMatchObject([{ method: 'crm.deal.list', seconds: 100 }]);
});

test('a batch of none, of 51 or with numbers for keys is a mistake of the caller', async () => {
  const { client } = await connect([]);
  const tooMany = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, { method: 'profile' }]));
  await expect(client.batch({})).rejects.toThrow(RangeError);
  await expect(client.batch(tooMany)).rejects.toThrow(RangeError);
  await expect(client.batch({ 0: { method: 'profile' } })).rejects.toThrow(RangeError);
});
