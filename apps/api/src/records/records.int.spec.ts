import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendFacts, appendSmallCompany } from '../small-company.spec-fixture.js';
import { recordEventPageSchema, recordSchema } from './records.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  root = `/api/v1/portals/${portal.portalId}/records`;
  await appendSmallCompany(api.log, api.keyRing, portal);
  await appendFacts(api.log, api.keyRing, portal, [
    {
      kind: 'deal',
      id: '3',
      verb: 'Changed',
      occurredAt: '2026-03-07T10:00:00.000Z',
      actor: 'user:5',
      data: {
        changes: {
          ownerId: { before: '4', after: '5' },
          amountKopecks: { before: '7000000', after: '7500050' },
        },
        extra: { UF_CRM_NOTE: { before: 'x', after: 'y' } },
        sealedChanged: ['title'],
        derived: {},
      },
      sealed: { 'deal:3': { title: 'Большая сделка' } },
    },
    {
      kind: 'contact',
      id: '12',
      verb: 'MatchesFound',
      occurredAt: '2026-03-08T10:00:00.000Z',
      data: { matches: [{ stream: 'lead:5000', on: 'phone' }] },
    },
  ]);
  await api.projected(portal);
});
afterAll(() => api.stop());

test('a deal with its title, owner, money, links and stage visits', async () => {
  const record = recordSchema.parse((await ask(api, `${root}/deal/1?personal=shown`)).body);
  expect(record).toMatchObject({
    kind: 'deal',
    id: '1',
    title: 'Сделка № 1',
    portalUrl: 'https://romashka.bitrix24.ru/crm/deal/details/1/',
    state: 'present',
    sellerId: '4',
    sellerName: 'Анна Петрова',
    amountKopecks: '15000050',
    currency: 'RUB',
    pipelineName: 'Продажи',
    stageName: 'Успех',
    links: [{ kind: 'contact', id: '12' }],
  });
  expect(record.visits.map(({ stageName, seconds }) => [stageName, seconds])).toEqual([
    ['Новая', 2 * 86_400],
    ['Встреча', 2 * 86_400],
    ['Предложение', 4 * 86_400],
    ['Успех', 31 * 86_400],
  ]);
  expect(record.visits.at(-1)?.leftAt).toBeNull();
});

const noonOf = (day: number) => `2026-03-${String(day).padStart(2, '0')}T09:00:00.000Z`;

test('a deal as it was: stage, owner, amount and visits of the moment, nothing later', async () => {
  const before = recordSchema.parse((await ask(api, `${root}/deal/3?asOf=${noonOf(7)}`)).body);
  expect(before).toMatchObject({
    stageName: 'Встреча',
    sellerName: 'Анна Петрова',
    amountKopecks: '7000000',
    modifiedAt: null,
    asOf: { at: noonOf(7) },
  });
  expect(before.visits.map(({ stageName, leftAt, seconds }) => [stageName, leftAt, seconds])).toEqual([
    ['Новая', noonOf(6), 3 * 86_400],
    ['Встреча', null, 86_400],
  ]);
  const after = recordSchema.parse((await ask(api, `${root}/deal/3?asOf=${noonOf(9)}`)).body);
  expect(after).toMatchObject({ stageName: 'Предложение', sellerName: 'Борис Сидоров', amountKopecks: '7500050' });
  expect(await ask(api, `${root}/deal/3?asOf=${noonOf(2)}`)).toMatchObject({
    status: 404,
    body: { code: 'FUNNEL_RECORD_NOT_YET' },
  });
});

test('the time line ends at the moment asked about, page by page', async () => {
  const path = `${root}/deal/3/events?order=oldest&limit=3&asOf=2026-03-07T10:00:00.000Z`;
  const first = recordEventPageSchema.parse((await ask(api, path)).body);
  const rest = recordEventPageSchema.parse((await ask(api, `${path}&cursor=${first.nextCursor}`)).body);
  expect([...first.items, ...rest.items].map(({ verb, move }) => move?.stageName ?? verb)).toEqual([
    'Appeared',
    'Новая',
    'Встреча',
    'Changed',
  ]);
  expect(rest.nextCursor).toBeNull();
  const elsewhere = path.replace('07T10', '08T10');
  expect(await ask(api, `${elsewhere}&cursor=${first.nextCursor}`)).toMatchObject({ body: { code: 'CURSOR_INVALID' } });
  expect(await ask(api, `${root}/deal/3/events?asOf=${noonOf(1)}`)).toMatchObject({ body: { code: 'RECORD_UNKNOWN' } });
});

test('records of other kinds, persons by name', async () => {
  expect(recordSchema.parse((await ask(api, `${root}/contact/12?personal=shown`)).body)).toMatchObject({
    title: 'Кузнецов Иван',
    visits: [],
  });
  expect(recordSchema.parse((await ask(api, `${root}/user/4`)).body)).toMatchObject({ title: 'Анна Петрова' });
});

test('the time line says how many records have the same data, and not which', async () => {
  const { body } = await ask(api, `${root}/contact/12/events?personal=shown`);
  expect(recordEventPageSchema.parse(body).items[0]).toMatchObject({
    verb: 'MatchesFound',
    fields: [{ field: 'matches', after: 1 }],
  });
  expect(JSON.stringify(body)).not.toContain('lead:5000');
});

test('the time line is in the order of the CRM, newest first, personal fields opened', async () => {
  const { items, nextCursor } = recordEventPageSchema.parse(
    (await ask(api, `${root}/deal/3/events?personal=shown`)).body,
  );
  expect(nextCursor).toBeNull();
  expect(items.map(({ verb, move }) => move?.stageName ?? verb)).toEqual([
    'Встреча',
    'Предложение',
    'Changed',
    'Встреча',
    'Новая',
    'Appeared',
  ]);
  const changed = items[2];
  expect(changed).toMatchObject({ type: 'DealChanged', actor: 'user:5', actorName: 'Борис Сидоров', erased: false });
  expect(changed?.fields).toEqual([
    {
      field: 'amountKopecks',
      before: '7000000',
      beforeLabel: '70000.00',
      after: '7500050',
      afterLabel: '75000.50',
      personal: false,
    },
    {
      field: 'ownerId',
      before: '4',
      beforeLabel: 'Анна Петрова',
      after: '5',
      afterLabel: 'Борис Сидоров',
      personal: false,
    },
    { field: 'title', after: 'Большая сделка', afterLabel: null, personal: true },
    { field: 'UF_CRM_NOTE', before: 'x', beforeLabel: null, after: 'y', afterLabel: null, personal: false },
  ]);
  const appeared = items.at(-1);
  expect(appeared?.fields).toContainEqual({ field: 'title', after: 'Сделка № 3', afterLabel: null, personal: true });
  expect(appeared?.fields.some(({ after }) => after === null)).toBe(false);
});

test.each(['newest', 'oldest'])('the time line comes page by page, %s first', async (order) => {
  const whole = recordEventPageSchema.parse((await ask(api, `${root}/deal/3/events?order=${order}`)).body).items;
  const paged: typeof whole = [];
  let cursor: string | null = null;
  do {
    const path: string = `${root}/deal/3/events?order=${order}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page = recordEventPageSchema.parse((await ask(api, path)).body);
    paged.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(whole);
  const times = whole.map(({ occurredAt }) => occurredAt);
  const sorted = [...times].sort();
  expect(times).toEqual(order === 'oldest' ? sorted : sorted.reverse());
});

test('texts of a destroyed key are gone, the record stays', async () => {
  await api.keyRing.destroy(portal, ['deal:5']);
  const shown = 'personal=shown';
  expect(recordSchema.parse((await ask(api, `${root}/deal/5?${shown}`)).body).title).toBeNull();
  const { items } = recordEventPageSchema.parse((await ask(api, `${root}/deal/5/events?${shown}`)).body);
  expect(items.some(({ fields }) => fields.some(({ personal }) => personal))).toBe(false);
});

test.each([
  ['an unknown record', 'deal/999', 404, 'FUNNEL_RECORD_UNKNOWN'],
  ['events of an unknown record', 'deal/999/events', 404, 'RECORD_UNKNOWN'],
  ['an unknown kind', 'quote/1', 400, 'INVALID_REQUEST'],
  ['an id with NUL', 'deal/1%00', 400, 'INVALID_REQUEST'],
  ['a cursor of another record', 'deal/2/events?cursor=%CURSOR%', 400, 'CURSOR_INVALID'],
  ['a cursor that is none', 'deal/2/events?cursor=abcdef', 400, 'CURSOR_INVALID'],
  ['a cursor with odd letters', 'deal/2/events?cursor=%00', 400, 'INVALID_REQUEST'],
  ['an order that is none', 'deal/2/events?order=random', 400, 'INVALID_REQUEST'],
  ['a record of another portal', '../../00000000-0000-4000-8000-000000000000/records/deal/1', 404, 'PORTAL_UNKNOWN'],
])('%s is refused', async (_title, path, status, code) => {
  const first = recordEventPageSchema.parse((await ask(api, `${root}/deal/1/events?limit=1`)).body);
  const answer = await ask(api, `${root}/${path.replace('%CURSOR%', String(first.nextCursor))}`);
  expect(answer).toMatchObject({ status, body: { code } });
});

test('personal data is masked unless asked for, and each asking is recorded', async () => {
  const masked = recordSchema.parse((await ask(api, `${root}/deal/1`)).body);
  expect(masked).toMatchObject({ title: null, personal: 'masked' });
  const { items, personal } = recordEventPageSchema.parse((await ask(api, `${root}/deal/3/events`)).body);
  expect([
    personal,
    items.some((item) => item.fields.some(({ personal: isPersonal, after }) => isPersonal && after != null)),
  ]).toEqual(['masked', false]);
  const before = await readings();
  await ask(api, `${root}/deal/1?personal=shown`);
  await ask(api, `${root}/deal/1/events?personal=shown`);
  expect((await readings()).slice(before.length)).toEqual([
    { portalId: portal.portalId, object: 'deal:1', result: 'done' },
    { portalId: portal.portalId, object: 'deal:1', result: 'done' },
  ]);
});

async function readings(): Promise<object[]> {
  const { rows } = await api.pool.query<object>(
    `SELECT portal_id AS "portalId", object, result FROM identity.audit WHERE action = 'personal.read' ORDER BY audit_id`,
  );
  return rows;
}

test('records of one portal are unknown in another', async () => {
  const other = await api.portal('https://lotos.bitrix24.ru/rest/1/abcdefgh12345678/');
  const answer = await ask(api, `/api/v1/portals/${other.portalId}/records/deal/1`);
  expect(answer).toMatchObject({ status: 404, body: { code: 'FUNNEL_RECORD_UNKNOWN' } });
});
