import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { funnelCohortSchema, funnelNowSchema, recordPageSchema } from '../funnel/funnel.schemas.js';
import { recordEventPageSchema, recordSchema } from '../records/records.schemas.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendFacts, appendSmallCompany } from '../small-company.spec-fixture.js';
import { pastKnowledgeSchema } from './time-travel.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;
/** Position of the last fact of the small company. */
let before: string;

const place = 'pipeline=deal:0';
const now = async (query = '') => funnelNowSchema.parse((await ask(api, `${root}/funnel/now?${place}${query}`)).body);
const counts = (answer: Awaited<ReturnType<typeof now>>) =>
  Object.fromEntries(answer.stages.map(({ stageId, standing }) => [stageId, standing.count]));

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  root = `/api/v1/portals/${portal.portalId}`;
  const { position } = await appendSmallCompany(api.log, api.keyRing, portal);
  before = `${portal.bucket}:${position}`;
  // Learnt later: deal 5 moved on 7 March, deal 6 has another title and owner since 9 March.
  await appendFacts(api.log, api.keyRing, portal, [
    {
      kind: 'deal',
      id: '5',
      verb: 'StageMoved',
      occurredAt: '2026-03-07T09:00:00.000Z',
      data: { moveId: 'late', pipelineId: 'deal:0', stageId: 'MEETING', semantics: 'P', order: 999, entry: 'moved' },
    },
    {
      kind: 'deal',
      id: '6',
      verb: 'Changed',
      occurredAt: '2026-03-31T10:00:00.000Z',
      data: { changes: { ownerId: { before: null, after: '4' } }, extra: {}, sealedChanged: ['title'], derived: {} },
      sealed: { 'deal:6': { title: 'Новое имя' } },
    },
  ]);
  await api.projected(portal);
});
afterAll(() => api.stop());

test('as at a position the funnel is what was known then, as of a moment what is known now of it', async () => {
  expect(counts(await now())).toEqual({ NEW: 1, MEETING: 2, PROPOSAL: 0, WON: 2, LOSE: 1 });
  const then = await now(`&asAt=${before}`);
  expect(counts(then)).toEqual({ NEW: 2, MEETING: 1, PROPOSAL: 0, WON: 2, LOSE: 1 });
  expect(then.basis.asOf).toMatchObject({ position: before, asked: null, isAsAt: true });
  // 8 March at noon by all we know, and by what was known before the move of 7 March was learnt.
  const moment = '&asOf=2026-03-08T09:00:00.000Z';
  expect(counts(await now(moment))).toEqual({ NEW: 0, MEETING: 3, PROPOSAL: 2, WON: 0, LOSE: 0 });
  const both = await now(`${moment}&asAt=${before}`);
  expect(counts(both)).toEqual({ NEW: 1, MEETING: 2, PROPOSAL: 2, WON: 0, LOSE: 0 });
  expect(both.basis.asOf).toMatchObject({ position: before, asked: '2026-03-08T09:00:00.000Z', isAsAt: true });
});

test('every number keeps to it: cohorts, records behind them, explanations, pipelines and people', async () => {
  const cohort = `${root}/funnel/cohort?${place}&month=2026-03&definition=touched`;
  const steps = async (query: string) => {
    const { steps: all } = funnelCohortSchema.parse((await ask(api, `${cohort}${query}`)).body);
    return all.map(({ rate }) => rate.converted);
  };
  expect(await steps('')).toEqual([5, 3, 2]);
  expect(await steps(`&asAt=${before}`)).toEqual([4, 3, 2]);
  const figure = `${place}&view=now&figure=standing&stage=NEW&asAt=${before}`;
  const records = recordPageSchema.parse((await ask(api, `${root}/funnel/records?${figure}&personal=shown`)).body);
  expect(records.items.map(({ id, title }) => [id, title])).toEqual([
    ['6', 'Сделка № 6'],
    ['5', 'Сделка № 5'],
  ]);
  expect(records.asOf).toMatchObject({ position: before, isAsAt: true });
  expect(await ask(api, `${root}/funnel/explain?${figure}`)).toMatchObject({ status: 200, body: { value: 2 } });
  for (const path of ['pipelines', 'sellers', `annotations?${place}`]) {
    const answer = await ask(api, `${root}/${path}${path.includes('?') ? '&' : '?'}asAt=${before}`);
    expect([path, answer.status]).toEqual([path, 200]);
  }
});

test('a record and its time line are what was known of them', async () => {
  const record = async (query: string) => recordSchema.parse((await ask(api, `${root}/records/deal/6${query}`)).body);
  expect(await record('?personal=shown')).toMatchObject({ title: 'Новое имя', sellerName: 'Анна Петрова' });
  expect(await record(`?asAt=${before}&personal=shown`)).toMatchObject({ title: 'Сделка № 6', sellerId: 'unknown' });
  const events = async (query: string) =>
    recordEventPageSchema.parse((await ask(api, `${root}/records/deal/5/events${query}`)).body).items.length;
  expect([await events(''), await events(`?asAt=${before}`)]).toEqual([3, 2]);
});

test('the preparation tells when it is ready and when what it holds was known', async () => {
  const answer = pastKnowledgeSchema.parse((await ask(api, `${root}/time-travel?asAt=${before}`)).body);
  const position = Number(before.split(':')[1]);
  expect(answer).toMatchObject({ state: 'ready', position: before, done: position, total: position });
  expect(Date.now() - Date.parse(answer.knownAt)).toBeLessThan(120_000);
});

test('what is not ready says how far it is and when to ask again, without being a fault', async () => {
  // Somebody else is filling it, and is alive.
  const { rows } = await api.pool.query<{ id: number }>(
    `INSERT INTO travel.snapshot (read_model, definition_version, bucket, portal_id, "position", done)
     VALUES ('funnel', 'funnel_v1', $1, $2, 3, 2) RETURNING id`,
    [portal.bucket, portal.portalId],
  );
  await api.pool.query('SELECT travel.create_schemas($1)', [rows[0]?.id]);
  const path = `asAt=${portal.bucket}:3`;
  const answer = await ask(api, `${root}/funnel/now?${place}&${path}`);
  expect(answer).toMatchObject({
    status: 503,
    body: { code: 'TIME_TRAVEL_PREPARING', progress: { done: 2, total: 3 } },
  });
  expect(answer.body['errorId']).toBeUndefined();
  expect(answer.headers.get('retry-after')).toBe('1');
  const preparing = await ask(api, `${root}/time-travel?${path}`);
  expect(preparing).toMatchObject({ status: 200, body: { state: 'preparing', done: 2, total: 3 } });
  expect(api.logged).toEqual([]);
});

test('a snapshot that was dropped while it was asked is prepared again', async () => {
  await now(`&asAt=${before}`);
  const view = `travel_${await idOf(before)}_read`;
  await api.pool.query(`ALTER VIEW ${view}.pipeline RENAME TO gone`);
  const answer = await ask(api, `${root}/funnel/now?${place}&asAt=${before}`);
  expect(answer).toMatchObject({ status: 503, body: { code: 'TIME_TRAVEL_PREPARING' } });
  await api.pool.query(`ALTER VIEW ${view}.gone RENAME TO pipeline`);
});

async function idOf(position: string): Promise<number> {
  const { rows } = await api.pool.query<{ id: number }>('SELECT id FROM travel.snapshot WHERE "position" = $1', [
    position.split(':')[1],
  ]);
  return rows[0]?.id ?? 0;
}

test.each([
  ['of another bucket', (bucket: number) => `${(bucket + 1) % 16}:1`, 400, 'POSITION_INVALID'],
  ['ahead of the log', (bucket: number) => `${bucket}:999999`, 422, 'TIME_TRAVEL_POSITION_AHEAD'],
  ['before the portal', (bucket: number) => `${bucket}:0`, 404, 'TIME_TRAVEL_POSITION_UNKNOWN'],
  ['that is none', () => 'yesterday', 400, 'INVALID_REQUEST'],
])('a position %s is refused everywhere', async (_title, position, status, code) => {
  const asAt = position(portal.bucket);
  for (const path of [
    `funnel/now?${place}&`,
    'records/deal/5?',
    'records/deal/5/events?',
    'time-travel?',
    'pipelines?',
  ]) {
    const answer = await ask(api, `${root}/${path}asAt=${asAt}`);
    expect([path, answer.status, answer.body['code']]).toEqual([path, status, code]);
  }
});
