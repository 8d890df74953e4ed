import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { portalListSchema, portalSchema } from './portals.schemas.js';

let api: RunningApi;
const servers: Server[] = [];

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A web server that answers every method of the portal in the same way, or as the table says. */
async function webServer(
  answerOf: (method: string) => { status: number; body: string; type?: string },
): Promise<string> {
  const server = createServer((request, response) => {
    const method = /\/([\w.]+?)(?:\.json)?$/.exec((request.url ?? '').split('?')[0] ?? '')?.[1] ?? '';
    const { status, body, type = 'application/json' } = answerOf(method);
    response.writeHead(status, { 'content-type': type, connection: 'close' }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/secretcode123/`;
}

const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });
const workingPortal = (method: string) => {
  const time = {
    start: 1,
    finish: 1.1,
    duration: 0.1,
    date_start: '2026-03-01T10:00:00+03:00',
    date_finish: '2026-03-01T10:00:00+03:00',
  };
  switch (method) {
    case 'profile':
      return json({ result: { ID: '1', ADMIN: true, NAME: 'x' }, time });
    case 'server.time':
      return json({ result: '2026-03-01T10:00:00+03:00', time });
    case 'scope':
      return json({ result: ['crm', 'user', 'department', 'task', 'telephony'], time });
    default:
      return json({ error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' }, 404);
  }
};

const post = (body: unknown) =>
  ask(api, '/api/v1/portals', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a portal that answers is connected, and its webhook never shown', async () => {
  const webhookUrl = await webServer(workingPortal);
  const answer = await post({ webhookUrl, name: 'Ромашка', zone: 'Asia/Yekaterinburg' });
  expect(answer.status).toBe(201);
  const portal = portalSchema.parse(answer.body);
  expect(portal).toMatchObject({
    name: 'Ромашка',
    zone: 'Asia/Yekaterinburg',
    connection: { state: 'connecting' },
    phase: 'waiting',
    certificate: null,
    counts: {},
    budget: null,
  });
  const list = portalListSchema.parse((await ask(api, '/api/v1/portals')).body);
  expect(list.items).toContainEqual(expect.objectContaining({ portalId: portal.portalId }));
  expect(JSON.stringify(list)).not.toContain('secretcode123');
  expect(portalSchema.parse((await ask(api, `/api/v1/portals/${portal.portalId}`)).body)).toMatchObject({
    name: 'Ромашка',
  });
});

test.each([
  ['a web page', () => ({ status: 200, body: '<html>hello</html>', type: 'text/html' }), 'NOT_JSON'],
  [
    'a deleted webhook',
    () => json({ error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' }, 401),
    'WEBHOOK_INVALID',
  ],
  [
    'a portal without REST',
    () => json({ error: 'ACCESS_DENIED', error_description: 'REST is available only on commercial plans' }, 403),
    'PLAN_REQUIRED',
  ],
  ['a closed portal', () => ({ status: 404, body: '<html>not found</html>', type: 'text/html' }), 'PORTAL_GONE'],
  ['a portal with a fault', () => json({ error: 'INTERNAL_SERVER_ERROR', error_description: 'x' }, 500), 'TEMPORARY'],
])('%s is refused with one sentence and nothing stored', async (_title, answerOf, code) => {
  const before = await ask(api, '/api/v1/portals');
  const webhookUrl = await webServer(answerOf);
  const answer = await post({ webhookUrl });
  expect(answer).toMatchObject({ status: 422, body: { code, status: 422 } });
  expect(String(answer.body['detail'])).toMatch(/^\S.*\.$/);
  expect(JSON.stringify(answer.body)).not.toContain('secretcode123');
  expect((await ask(api, '/api/v1/portals')).body).toEqual(before.body);
});

test.each([
  ['nobody listens', 'http://127.0.0.1:9/rest/1/secretcode123/', 'UNREACHABLE'],
  ['a private network', 'https://10.1.2.3/rest/1/secretcode123/', 'ADDRESS_NOT_ALLOWED'],
  ['a name of this machine', 'http://localhost:9/rest/1/secretcode123/', 'ADDRESS_NOT_ALLOWED'],
  ['a host that does not exist', 'https://no-such-portal.invalid/rest/1/secretcode123/', 'UNREACHABLE'],
  ['no webhook', 'https://example.bitrix24.ru/crm/', 'WEBHOOK_URL_INVALID'],
  ['no address', 'hello', 'WEBHOOK_URL_INVALID'],
  ['another protocol', 'file:///etc/passwd', 'WEBHOOK_URL_INVALID'],
  ['plain HTTP outside this machine', 'http://example.bitrix24.ru/rest/1/secretcode123/', 'WEBHOOK_URL_INVALID'],
])('%s is refused: %s', async (_title, webhookUrl, code) => {
  expect(await post({ webhookUrl })).toMatchObject({ status: 422, body: { code } });
});

test.each([
  ['no address', {}, ['webhookUrl']],
  ['an address that is a number', { webhookUrl: 5 }, ['webhookUrl']],
  ['ten thousand characters', { webhookUrl: 'x'.repeat(10_000) }, ['webhookUrl']],
  ['NUL', { webhookUrl: 'https://a.bitrix24.ru/rest/1/abc/', name: 'a\u0000b' }, ['name']],
  ['a zone that does not exist', { webhookUrl: 'https://a.bitrix24.ru/rest/1/abc/', zone: 'Mars/Olympus' }, ['zone']],
  ['half a character', { webhookUrl: 'https://a.bitrix24.ru/rest/1/abc/', name: '\ud800' }, ['name']],
])('%s is an invalid request that names the field', async (_title, body, fields) => {
  const answer = await post(body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  expect((answer.body['errors'] as { field: string }[]).map(({ field }) => field)).toEqual(fields);
});

test.each([
  ['an unknown portal', '00000000-0000-4000-8000-000000000000', 404, 'PORTAL_UNKNOWN'],
  ['an id that is none', 'first', 400, 'INVALID_REQUEST'],
])('%s', async (_title, id, status, code) => {
  expect(await ask(api, `/api/v1/portals/${id}`)).toMatchObject({ status, body: { code } });
});

test('progress, freshness, certificate and budget are what capture wrote down', async () => {
  const { portalId, bucket } = await api.portal('https://lotos.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, { portalId, bucket });
  await api.projected({ bucket });
  await api.pool.query(
    `INSERT INTO capture.status (portal_id, bucket, phase, last_tick_at, through, lag_seconds, limiter)
     VALUES ($1, $2, 'backfill', clock_timestamp() - interval '10 seconds', $3, 3, $4)`,
    [
      portalId,
      bucket,
      JSON.stringify({ deal: '2026-03-01T10:00:05.000Z', lead: '2026-03-01T10:00:00.000Z' }),
      JSON.stringify({
        profile: 'standard',
        level: 12.5,
        capacity: 45,
        inFlight: 1,
        waiting: { interactive: 0, live: 1, reconcile: 0, backfill: 3 },
        sent: 100,
        refused: 0,
        operating: [{ method: 'crm.deal.list', seconds: 390, pausedForMs: 61_000 }],
      }),
    ],
  );
  await api.pool.query(
    `INSERT INTO capture.backfill_progress (bucket, portal_id, listing, ordinal, done, total, state, started_at, updated_at)
     VALUES ($1, $2, 'deals', 2, 500, 1500, 'running', '2026-03-01T10:00:00Z', '2026-03-01T10:00:50Z'),
            ($1, $2, 'users', 1, 10, 10, 'done', '2026-03-01T09:59:59Z', '2026-03-01T10:00:00Z'),
            ($1, $2, 'calls', 3, 0, NULL, 'unavailable', NULL, '2026-03-01T10:00:00Z')`,
    [bucket, portalId],
  );
  await api.pool.query(
    `INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
     VALUES ($1, $2, '2026-03-01T10:00:00Z', '2026-03-01', 'open-objects', '{"deal":6,"lead":2}', '{"deal":6,"lead":1}', 1)`,
    [bucket, portalId],
  );
  const portal = portalSchema.parse((await ask(api, `/api/v1/portals/${portalId}`)).body);
  expect(portal.phase).toBe('backfill');
  expect(portal.backfill).toMatchObject({ done: 510, total: 1510, recordsPerSecond: 10, secondsLeft: 100 });
  expect(portal.backfill.listings.map(({ listing, state }) => [listing, state])).toEqual([
    ['users', 'done'],
    ['deals', 'running'],
    ['calls', 'unavailable'],
  ]);
  expect(portal.freshness).toMatchObject({
    through: '2026-03-01T10:00:00.000Z',
    projected: `${bucket}:${await api.log.head(bucket)}`,
    eventsBehind: 0,
  });
  expect(portal.freshness.lagSeconds).toBeGreaterThanOrEqual(12.9);
  expect(portal.certificate).toMatchObject({ day: '2026-03-01', expected: 8, held: 7, unexplained: 1 });
  expect(portal.counts).toMatchObject({ deal: 6, contact: 1 });
  expect(portal.budget).toMatchObject({ waiting: 4, pausedMethods: [{ method: 'crm.deal.list', seconds: 61 }] });
});

const send = (method: string, path: string, body?: unknown) =>
  ask(api, `/api/v1/portals/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

test('settings change for who has seen the latest ones', async () => {
  const { portalId } = await api.portal('https://vesna.bitrix24.ru/rest/1/abcdefgh12345678/');
  const { settingsVersion } = portalSchema.parse((await ask(api, `/api/v1/portals/${portalId}`)).body);
  const changes = {
    name: 'Весна',
    zone: 'Asia/Omsk',
    language: 'en',
    workingHours: { days: [1, 2, 3, 4, 5, 6], from: '10:00', to: '20:00' },
  };
  const changed = await send('PATCH', portalId, { version: settingsVersion, ...changes });
  expect(changed).toMatchObject({ status: 200, body: { ...changes, settingsVersion: settingsVersion + 1 } });
  expect(await send('PATCH', portalId, { version: settingsVersion, name: 'Лето' })).toMatchObject({
    ...{ status: 409, body: { code: 'PORTAL_CHANGED' } },
  });
  expect((await ask(api, `/api/v1/portals/${portalId}`)).body).toMatchObject(changes);
});

test.each([
  ['a zone that does not exist', { version: 1, zone: 'Mars/Olympus' }, 400, 'INVALID_REQUEST'],
  ['a language nobody speaks here', { version: 1, language: 'xx' }, 400, 'INVALID_REQUEST'],
  ['what a person does not set', { version: 1, bucket: 3 }, 400, 'INVALID_REQUEST'],
  ['no version', { name: 'x' }, 400, 'INVALID_REQUEST'],
  [
    'a week without a day',
    { version: 1, workingHours: { days: [], from: '09:00', to: '18:00' } },
    422,
    'WORKING_HOURS_INVALID',
  ],
])('settings with %s are refused', async (_title, body, status, code) => {
  const { portalId } = await api.portal('https://osen.bitrix24.ru/rest/1/abcdefgh12345678/');
  expect(await send('PATCH', portalId, body)).toMatchObject({ status, body: { code } });
});

test('a portal is paused, resumed and removed, and after that it is as if it had never been', async () => {
  const { portalId } = await api.portal('https://zima.bitrix24.ru/rest/1/abcdefgh12345678/');
  expect(await send('POST', `${portalId}/pause`)).toMatchObject({ status: 200, body: { status: 'paused' } });
  expect(await send('POST', `${portalId}/resume`)).toMatchObject({ status: 200, body: { status: 'active' } });
  expect(await send('DELETE', portalId)).toMatchObject({ status: 204, body: {} });
  const unknown = await ask(api, '/api/v1/portals/00000000-0000-4000-8000-000000000000');
  for (const answer of [await ask(api, `/api/v1/portals/${portalId}`), await send('DELETE', portalId)]) {
    expect(answer).toMatchObject({ status: unknown.status, body: { code: unknown.body['code'] } });
  }
  const list = portalListSchema.parse((await ask(api, '/api/v1/portals')).body);
  expect(list.items.filter((portal) => portal.portalId === portalId)).toEqual([]);
});

test('a webhook is replaced once the portal has accepted the new one', async () => {
  const { portalId } = await api.portal(await webServer(workingPortal));
  const refused = await webServer(() => json({ error: 'INVALID_CREDENTIALS', error_description: 'x' }, 401));
  expect(await send('PUT', `${portalId}/webhook`, { webhookUrl: refused })).toMatchObject({
    ...{ status: 422, body: { code: 'WEBHOOK_INVALID' } },
  });
  const renamed = await webServer(workingPortal);
  const answer = await send('PUT', `${portalId}/webhook`, { webhookUrl: renamed });
  expect(answer).toMatchObject({ status: 200, body: { portalId, host: new URL(renamed).host } });
  expect(JSON.stringify(answer.body)).not.toContain('secretcode123');
  expect(await api.registry.webhookOf(portalId)).toBe(renamed);
});
