import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { BitrixClient, type BitrixClientOptions } from './client.js';
import { Limiter, limiterProfiles } from './limiter.js';
import { idOf, listingCommand, listings, type Listing } from './listings.js';
import {
  readCategories,
  readCurrencies,
  readDepartments,
  readRecord,
  readStageHistoryOf,
  readStatuses,
} from './portal-reads.js';
import { probePortal } from './probe-portal.js';
import { ownerReads, readPerOwner } from './read-per-owner.js';
import { type SimulatedPortal, startSimulatedPortal } from './simulated-portal.spec-fixture.js';
import { walkByIds, type WalkOptions } from './walk-by-ids.js';
import { parseWebhookUrl } from './webhook-url.js';

const END_OF_HISTORY = '2026-11-01T00:00:00+03:00';

let portal: SimulatedPortal;
const clients: BitrixClient[] = [];

beforeAll(async () => {
  // Portal time stands still at the end of its history, so that what is read twice is the same.
  portal = await startSimulatedPortal('--limits', 'off', '--anchor', END_OF_HISTORY, '--until', END_OF_HISTORY);
});
afterAll(() => portal.close());
afterEach(async () => {
  await control('DELETE', '/faults');
  await control('POST', '/settings', { statusProfile: 'documented', subscription: 'active', limits: false });
  await control('PATCH', '/webhooks', { code: parseWebhookUrl(portal.webhookUrl).code, isRevoked: false });
  for (const client of clients.splice(0)) await client.close();
});

function connect(options: Partial<BitrixClientOptions> = {}): BitrixClient {
  const client = new BitrixClient({
    webhook: parseWebhookUrl(portal.webhookUrl),
    privateHosts: ['127.0.0.1', 'localhost'],
    limiter: new Limiter(limiterProfiles.off),
    retryPauseMs: 5,
    ...options,
  });
  clients.push(client);
  return client;
}

async function control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${portal.controlUrl}${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

async function idsOf(client: BitrixClient, listing: Listing, options: WalkOptions = {}): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of walkByIds(client, listing, options)) ids.push(...page.rows.map((row) => idOf(listing, row)));
  return ids;
}

test.each(Object.values(listings).map((listing) => [listing.name, listing] as const))(
  '%s are walked completely in ⌈rows/2500⌉ requests',
  async (_name, listing: Listing) => {
    const client = connect();
    const { method, params } = listingCommand(listing, { counted: true });
    const { total } = await client.call(method, { ...params, start: 0 });
    const before = client.limiter.state().sent;
    const ids = await idsOf(client, listing);
    expect(ids).toHaveLength(total ?? -1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(client.limiter.state().sent - before).toBe(Math.floor(ids.length / 2500) + 1);
  },
);

test('a window of modified times is walked by ids too', async () => {
  const client = connect();
  const all = await idsOf(client, listings.deals);
  const bounds = '2026-10-15T00:00:00+03:00';
  const later = await idsOf(client, listings.deals, { modified: { from: bounds } });
  const earlier = await idsOf(client, listings.deals, { modified: { to: '2026-10-14T23:59:59+03:00' } });
  expect(later.length).toBeGreaterThan(0);
  expect([...earlier, ...later].sort((one, other) => one - other)).toEqual(all);
});

test('ids alone are read for reconciliation', async () => {
  const client = connect();
  expect(await idsOf(client, listings.invoices, { idsOnly: true })).toEqual(await idsOf(client, listings.invoices));
});

test('configuration, single records, history of owners and rows of owners', async () => {
  const client = connect();
  expect((await readCategories(client, 2)).map(({ id }) => id)).toEqual(['0', '5']);
  expect((await readStatuses(client)).map((row) => row.STATUS_ID)).toEqual(
    expect.arrayContaining(['NEW', 'WON', 'C5:WON']),
  );
  expect((await readDepartments(client)).length).toBeGreaterThan(0);
  expect((await readCurrencies(client)).some((row) => row.CURRENCY === 'RUB' && row.BASE === 'Y')).toBe(true);

  const ids = (await idsOf(client, listings.deals)).slice(0, 120);
  expect((await readRecord(client, 'deal', ids[0] ?? 0))?.row).toMatchObject({ ID: String(ids[0]) });
  for (const kind of [
    'lead',
    'deal',
    'contact',
    'company',
    'invoice',
    'activity',
    'task',
    'requisite',
    'call',
  ] as const) {
    expect(await readRecord(client, kind, 99_999_999)).toBeNull();
  }

  const history = await readStageHistoryOf(client, 'deal', ids);
  // Records that were imported have no history.
  expect(history.rows.length).toBeGreaterThan(50);
  expect(ids).toEqual(expect.arrayContaining(history.rows.map((row) => Number(row.OWNER_ID))));

  const before = client.limiter.state().sent;
  const owners: number[] = [];
  for await (const finished of readPerOwner(client, ownerReads.dealProductRows, ids)) {
    owners.push(...finished.map(({ ownerId }) => ownerId));
  }
  expect(owners).toEqual(ids);
  expect(client.limiter.state().sent - before).toBe(3);
});

test('TLS works with the authority of the portal, and without it says what to do', async () => {
  const webhook = parseWebhookUrl(portal.tlsWebhookUrl);
  expect(await probePortal(connect({ webhook, ca: portal.ca }))).toMatchObject({ userId: '1', missingScopes: [] });
  await expect(probePortal(connect({ webhook }))).rejects.toMatchObject({
    code: 'UNREACHABLE',
    retry: 'never',
    failure: { reason: 'certificate' },
  });
});

test.each([
  ['502 page', { kind: 'html-502' }],
  ['empty 503', { kind: 'empty-503' }],
  ['page instead of data', { kind: 'html-200' }],
  ['connection cut before', { kind: 'reset-before' }],
  ['connection cut after', { kind: 'reset-after' }],
  ['command that fails', { kind: 'error', code: 'INTERNAL_SERVER_ERROR', status: 500, method: 'crm.activity.list' }],
  ['refusal by the request limit', { kind: 'error', code: 'QUERY_LIMIT_EXCEEDED', status: 503 }],
])('a walk goes on over a %s and loses nothing', async (_title, fault) => {
  const client = connect();
  const expected = await idsOf(client, listings.activities);
  await control('POST', '/faults', { ...fault, count: 2 });
  expect(await idsOf(client, listings.activities)).toEqual(expected);
});

test.each([
  ['html-404', {}, 'PORTAL_GONE'],
  ['redirect', { location: 'https://new.bitrix24.ru/' }, 'PORTAL_MOVED'],
  ['error', { code: 'OVERLOAD_LIMIT', status: 503 }, 'OVERLOADED'],
  ['error', { code: 'PORTAL_DELETED', status: 500 }, 'PORTAL_GONE'],
  ['error', { code: 'expired_token', status: 401 }, 'TOKEN_EXPIRED'],
])('%s %j is %s', async (kind, details, code) => {
  await control('POST', '/faults', { kind, ...details });
  await expect(probePortal(connect())).rejects.toMatchObject({ code, retry: 'never' });
});

test.each(['documented', 'box-legacy'])('lost access is told apart with the statuses of %s', async (statusProfile) => {
  const { code } = parseWebhookUrl(portal.webhookUrl);
  await control('POST', '/settings', { statusProfile });
  await control('POST', '/settings', { subscription: 'lapsed' });
  await expect(probePortal(connect())).rejects.toMatchObject({ code: 'PLAN_REQUIRED' });
  await control('POST', '/settings', { subscription: 'active' });
  await control('PATCH', '/webhooks', { code, isRevoked: true });
  await expect(probePortal(connect())).rejects.toMatchObject({ code: 'WEBHOOK_INVALID' });
  await control('PATCH', '/webhooks', { code, isRevoked: false });
  const narrow = await control('POST', '/webhooks', { userId: 1, scopes: ['user'] });
  const webhook = parseWebhookUrl(new URL(String(narrow.path), portal.webhookUrl).href);
  await expect(probePortal(connect({ webhook }))).rejects.toMatchObject({
    code: 'SCOPE_MISSING',
    failure: { scope: 'crm' },
  });
  await expect(connect({ webhook }).call('crm.deal.list')).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
});

test('a write that was applied but not confirmed is made once, and its outcome is called unknown', async () => {
  const client = connect();
  const fields = { ENTITY_ID: 1, ENTITY_TYPE: 'deal', COMMENT: 'one of a kind' };
  await control('POST', '/faults', { kind: 'reset-after', method: 'crm.timeline.comment.add', count: 1 });
  await expect(client.call('crm.timeline.comment.add', { fields })).rejects.toMatchObject({ retry: 'unknown-outcome' });
  const { result } = await client.call('crm.timeline.comment.list', { filter: { ENTITY_ID: 1, ENTITY_TYPE: 'deal' } });
  expect((result as { COMMENT: string }[]).filter(({ COMMENT }) => COMMENT === 'one of a kind')).toHaveLength(1);
});

test('the portal refuses nothing of what the limiter lets through', async () => {
  await control('POST', '/settings', { limits: true, requestsPerSecond: 20, requestBurst: 50 });
  const intensity = { drainPerSecond: 20, capacity: limiterProfiles.standard.intensity.capacity };
  const client = connect({ limiter: new Limiter({ ...limiterProfiles.standard, intensity }) });
  await Promise.all(Array.from({ length: 120 }, () => client.call('server.time')));
  expect(client.limiter.state()).toMatchObject({ sent: 120, refused: 0 });
});

test('a method whose time is used up is paused before the portal refuses it, others go on', async () => {
  await control('POST', '/settings', { limits: true, operatingLimitSeconds: 10, operatingCostSeconds: 3 });
  const client = connect({ limiter: new Limiter({ ...limiterProfiles.standard, pauseAtOperatingSeconds: 8 }) });
  for (let count = 0; count < 3; count += 1) await client.call('crm.company.list', { start: -1 });
  const cancel = new AbortController();
  const waiting = client.call('crm.company.list', { start: -1 }, { signal: cancel.signal });
  const outcome = expect(waiting).rejects.toThrow('tired of waiting');
  await client.call('crm.requisite.list', { start: -1 });
  cancel.abort(new Error('tired of waiting'));
  await outcome;
  const paused = client.limiter.state().operating.filter(({ pausedForMs }) => pausedForMs > 0);
  expect(paused.map(({ method }) => method)).toEqual(['crm.company.list']);

  const unaware = connect();
  await unaware.call('crm.company.list', { start: -1 });
  const refused = unaware.call('crm.company.list', { start: -1 }, { priority: 'interactive' });
  await expect(refused).rejects.toMatchObject({ code: 'METHOD_TIME_LIMITED', retry: 'when-reset' });
});
