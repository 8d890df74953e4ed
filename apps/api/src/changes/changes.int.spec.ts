import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany, dealFacts, appendFacts } from '../small-company.spec-fixture.js';
import { changeSchema } from './changes.schemas.js';
import { readEvents, type ServerSentEvent } from './server-sent-events.spec-fixture.js';

let api: RunningApi;
let portal: RegisteredPortal;
let path: string;

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  path = `/api/v1/portals/${portal.portalId}/changes`;
  await appendSmallCompany(api.log, api.keyRing, portal);
  await api.projected(portal);
});
afterAll(() => api.stop());

const newDeal = (id: string) =>
  appendFacts(api.log, api.keyRing, portal, dealFacts({ id, ownerId: '4', roubles: 10, path: [['NEW', 30]] }));

/** Events until the predicate holds; closes the stream. */
async function watch(
  lastEventId: string | null,
  isEnough: (events: ServerSentEvent[]) => boolean,
  act?: (events: ServerSentEvent[]) => Promise<unknown>,
): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  const headers: Record<string, string> = lastEventId === null ? {} : { 'last-event-id': lastEventId };
  for await (const event of readEvents(`${api.url}${path}`, { cookie: api.cookie, ...headers })) {
    events.push(event);
    if (act && events.length === 1) await act(events);
    if (isEnough(events)) break;
  }
  return events;
}

test('a page is told of a change once the figures include it', async () => {
  const events = await watch(
    null,
    (seen) => seen.length === 2,
    () => newDeal('100'),
  );
  expect(events.map(({ type }) => type)).toEqual(['ready', 'change']);
  const change = changeSchema.parse(JSON.parse(events[1]?.data ?? ''));
  expect(change).toMatchObject({ kinds: ['deal'], records: [{ kind: 'deal', id: '100' }], more: false });
  expect(events[1]?.id).toBe(change.position);
  const record = await ask(api, `/api/v1/portals/${portal.portalId}/records/deal/100`);
  expect(record.status).toBe(200);
});

test('a page that comes back is told what it missed, and nothing twice', async () => {
  const [ready] = await watch(null, (seen) => seen.length === 1);
  await newDeal('101');
  await newDeal('102');
  await api.projected(portal);
  const [missed] = await watch(ready?.id ?? null, (seen) => seen.length === 1);
  const change = changeSchema.parse(JSON.parse(missed?.data ?? ''));
  expect(missed?.type).toBe('change');
  expect(change.records.map(({ id }) => id).sort()).toEqual(['101', '102']);

  const nothingYet = watch(missed?.id ?? null, (seen) => seen.length === 1);
  await newDeal('103');
  const [next] = await nothingYet;
  expect(changeSchema.parse(JSON.parse(next?.data ?? '')).records).toEqual([{ kind: 'deal', id: '103' }]);
});

test('fifty records are listed, the rest is announced', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => String(200 + index));
  const [ready] = await watch(null, (seen) => seen.length === 1);
  for (const id of ids) await newDeal(id);
  await api.projected(portal);
  const [missed] = await watch(ready?.id ?? null, (seen) => seen.length === 1);
  const change = changeSchema.parse(JSON.parse(missed?.data ?? ''));
  expect(change.records).toHaveLength(50);
  expect(change).toMatchObject({ more: true, events: 120 });
});

test('who comes back from a position that is not there any more reads everything again', async () => {
  const [reset] = await watch(`${portal.bucket}:99999999`, (seen) => seen.length === 1);
  expect(reset?.type).toBe('reset');
  expect(JSON.parse(reset?.data ?? '')).toEqual({ position: reset?.id });
});

test('changes of another portal of the same bucket are not told', async () => {
  const others: RegisteredPortal[] = [];
  // Sixteen buckets, least loaded first: the seventeenth portal shares the first one's.
  for (let index = 0; index < 16; index += 1) {
    others.push(await api.portal(`https://p${index}.bitrix24.ru/rest/1/abcdefgh12345678/`));
  }
  const neighbour = others.find(({ bucket }) => bucket === portal.bucket);
  expect(neighbour).toBeDefined();
  const events = await watch(
    null,
    (seen) => seen.length === 2,
    async () => {
      await appendFacts(
        api.log,
        api.keyRing,
        neighbour ?? portal,
        dealFacts({ id: '900', ownerId: '4', roubles: 10, path: [['NEW', 30]] }),
      );
      await newDeal('104');
    },
  );
  expect(JSON.parse(events[1]?.data ?? '')).toMatchObject({ events: 2, records: [{ id: '104' }] });
});

test.each([
  ['an unknown portal', '/api/v1/portals/00000000-0000-4000-8000-000000000000/changes', {}, 404, 'PORTAL_UNKNOWN'],
  ['a position that is none', null, { 'last-event-id': 'yesterday' }, 400, 'POSITION_INVALID'],
  ['an unknown filter', '?since=now', {}, 400, 'INVALID_REQUEST'],
])('%s is refused as problem+json', async (_title, address, headers, status, code) => {
  const full = address?.startsWith('/') ? address : `${path}${address ?? ''}`;
  const answer = await ask(api, full, { headers });
  expect(answer).toMatchObject({ status, body: { code } });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('a stream ends by itself once the access of whoever listens is withdrawn', async () => {
  const { accountId, cookie } = await api.staff.signedIn([{ role: 'viewer', portalId: portal.portalId }]);
  const seen: string[] = [];
  for await (const { type } of readEvents(`${api.url}${path}`, { cookie })) {
    seen.push(type);
    await api.pool.query('DELETE FROM identity.membership WHERE account_id = $1', [accountId]);
  }
  // Without the end above this test would last for ever.
  expect(seen).toEqual(['ready']);
}, 30_000);
