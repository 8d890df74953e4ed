import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { captureListSchema } from './capture.schemas.js';
import { lagListSchema, quarantinePageSchema, retrySchema } from './operations.schemas.js';
import { signalListSchema } from './signals.schemas.js';
import { operationsSummarySchema } from './summary.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
const root = '/api/v1/operations';

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  await appendSmallCompany(api.log, api.keyRing, portal);
  await api.projected(portal);
  // Of a projection that nobody runs here, so that no worker changes what is looked at.
  await api.pool.query(
    `INSERT INTO log.quarantine (projection, bucket, "position", portal_id, stream_id, event_id, event_type,
                                 schema_version, status, reason_code, attempts)
     SELECT 'plan', $1, place, $2, CASE WHEN place < 3 THEN 'deal:1' ELSE 'deal:2' END, gen_random_uuid(), 'DealChanged',
            1, CASE WHEN place = 2 THEN 'queued' ELSE 'poison' END, CASE WHEN place <> 2 THEN 'EVENT_UNDECODABLE' END, 1
       FROM generate_series(1, 3) AS place ORDER BY place`,
    [portal.bucket, portal.portalId],
  );
});
afterAll(() => api.stop());

test('lag is told for every bucket that holds events', async () => {
  const { items } = lagListSchema.parse((await ask(api, `${root}/lag?projection=funnel`)).body);
  const head = await api.log.head(portal.bucket);
  expect(items).toEqual([
    {
      projection: 'funnel',
      bucket: portal.bucket,
      head,
      position: head,
      events: 0,
      seconds: 0,
      status: 'running',
      stoppedAt: null,
      errorCode: null,
    },
  ]);
});

/** What the API's specs keep up to date, by name. */
const readModels = ['funnel', 'motivation', 'plan'];

test('the summary names workers, lag, holes and quarantine', async () => {
  const read = async () => operationsSummarySchema.parse((await ask(api, root)).body);
  let summary = await read();
  // Holes are counted behind the first answer.
  while (summary.holes.count === null) summary = await read();
  expect(summary.holes.count).toBe(0);
  expect(summary.workers.map(({ group, name, buckets }) => [group, name, buckets.length])).toEqual(
    readModels.map((group) => [group, 'api-spec', 16]),
  );
  const bucket = { bucket: portal.bucket, events: 0, worker: 'api-spec', portals: 1, status: 'running' };
  expect(summary.lag).toMatchObject(readModels.map((projection) => ({ projection, ...bucket })));
  expect(summary.quarantine).toMatchObject({ poison: 2, queued: 1 });
  expect(summary.relay).toEqual([]);
  expect(summary.quarantine.oldestSeconds).toBeGreaterThan(0);
  expect(await ask(api, `${root}?portal=1`)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
});

test('what is watched and how each portal is captured are answered to whoever reads operations', async () => {
  const all = signalListSchema.parse((await ask(api, `${root}/signals`)).body);
  const raised = signalListSchema.parse((await ask(api, `${root}/signals?least=warning`)).body);
  expect(raised.items.map(({ standing }) => standing)).not.toContain('well');
  expect(all.items.length).toBeGreaterThan(raised.items.length);
  expect(raised.items).toContainEqual(
    expect.objectContaining({ signal: 'quarantine_age', portalName: 'Ромашка', warnAt: 0, standing: 'warning' }),
  );
  const { items } = captureListSchema.parse((await ask(api, `${root}/capture`)).body);
  expect(items).toMatchObject([{ portalId: portal.portalId, phase: 'waiting', queue: { open: 0 }, outbox: null }]);
  const wrong = await ask(api, `${root}/signals?least=bad`);
  expect(wrong).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
});

test('holes of the log are a metric', async () => {
  const read = async () => (await ask(api, '/metrics')).body['text'] as string;
  let metrics = await read();
  while (/^funnelwatch_log_holes.* NaN$/im.test(metrics)) metrics = await read();
  expect(metrics).toMatch(/^funnelwatch_log_holes(\{[^}]*\})? 0$/m);
});

test('the relay is told apart from the read models', async () => {
  await api.pool.query(`INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ('relay', $1, 1)`, [
    portal.bucket,
  ]);
  const head = await api.log.head(portal.bucket);
  const summary = operationsSummarySchema.parse((await ask(api, root)).body);
  expect(summary.relay).toMatchObject([{ bucket: portal.bucket, head, position: 1, events: head - 1 }]);
  expect(summary.lag.map(({ projection }) => projection)).toEqual(readModels);
  await api.pool.query(`DELETE FROM log.checkpoint WHERE projection = 'relay'`);
});

test('quarantine is paged, oldest first, and narrowed to a read model or a portal', async () => {
  const first = quarantinePageSchema.parse((await ask(api, `${root}/quarantine?limit=2`)).body);
  expect(first.items).toMatchObject([
    { position: `${portal.bucket}:1`, streamId: 'deal:1', status: 'poison', reasonCode: 'EVENT_UNDECODABLE' },
    { position: `${portal.bucket}:2`, streamId: 'deal:1', status: 'queued', reasonCode: null },
  ]);
  const next = await ask(api, `${root}/quarantine?limit=2&cursor=${first.nextCursor}`);
  const second = quarantinePageSchema.parse(next.body);
  expect(second).toMatchObject({ items: [{ streamId: 'deal:2' }], nextCursor: null });
  const none = await ask(api, `${root}/quarantine?portalId=${randomUUID()}`);
  expect(none.body).toEqual({ items: [], nextCursor: null });
  expect((await ask(api, `${root}/quarantine?projection=funnel`)).body).toEqual({ items: [], nextCursor: null });
  const foreign = await ask(api, `${root}/quarantine?projection=funnel&cursor=${first.nextCursor}`);
  expect([foreign.status, foreign.body['code']]).toEqual([400, 'CURSOR_INVALID']);
});

test('a retry is asked for the whole stream', async () => {
  const page = quarantinePageSchema.parse((await ask(api, `${root}/quarantine`)).body);
  const answer = await ask(api, `${root}/quarantine/${page.items[1]?.id}/retry`, { method: 'POST' });
  expect(answer.status).toBe(202);
  expect(retrySchema.parse(answer.body)).toEqual({ streams: 1, events: 2 });
  const after = quarantinePageSchema.parse((await ask(api, `${root}/quarantine`)).body);
  expect(after.items.map(({ retryRequestedAt }) => retryRequestedAt !== null)).toEqual([true, true, false]);
});

test.each([
  ['999999', 404, 'QUARANTINED_EVENT_UNKNOWN'],
  ['abc', 400, 'INVALID_REQUEST'],
  ['-1', 400, 'INVALID_REQUEST'],
  ['99999999999999999999', 400, 'INVALID_REQUEST'],
])('a retry of %s is refused', async (id, status, code) => {
  const answer = await ask(api, `${root}/quarantine/${id}/retry`, { method: 'POST' });
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
});
