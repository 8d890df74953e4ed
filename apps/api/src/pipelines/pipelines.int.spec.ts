import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendSmallCompany } from '../small-company.spec-fixture.js';
import { annotationListSchema, decidedSchema, pipelineListSchema, sellerListSchema } from './pipelines.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;

beforeAll(async () => {
  api = await startApi();
  portal = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  root = `/api/v1/portals/${portal.portalId}`;
  await appendSmallCompany(api.log, api.keyRing, portal);
  await api.projected(portal);
});
afterAll(() => api.stop());

const put = (stage: string, body: unknown, pipeline = 'deal:0') =>
  ask(api, `${root}/pipelines/${pipeline}/stages/${stage}/meaning`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('pipelines come in their order with ranked stages', async () => {
  const { items } = pipelineListSchema.parse((await ask(api, `${root}/pipelines`)).body);
  expect(items.map(({ pipelineId, name }) => [pipelineId, name])).toEqual([
    ['deal:0', 'Продажи'],
    ['deal:1', 'Сервис'],
  ]);
  expect(items[0]?.stages.map(({ stageId, rank, semantics }) => [stageId, rank, semantics])).toEqual([
    ['NEW', 0, 'P'],
    ['MEETING', 1, 'P'],
    ['PROPOSAL', 2, 'P'],
    ['WON', 3, 'S'],
    ['LOSE', null, 'F'],
  ]);
});

test('sellers have their names in clear', async () => {
  const { items } = sellerListSchema.parse((await ask(api, `${root}/sellers`)).body);
  expect(items).toContainEqual({ sellerId: '4', name: 'Анна Петрова', active: true, departmentIds: ['1'] });
});

test('a meaning is decided, seen at once with minPosition, repeated without harm and noted', async () => {
  const { position } = decidedSchema.parse((await put('MEETING', { meaning: 'meeting' })).body);
  const read = await ask(api, `${root}/pipelines?minPosition=${position}`);
  expect(read.headers.get('x-behind')).toBeNull();
  const meanings = pipelineListSchema.parse(read.body).items[0]?.stages.map(({ meaning }) => meaning);
  expect(meanings).toEqual([null, 'meeting', null, null, null]);

  expect(await put('MEETING', { meaning: 'meeting' })).toMatchObject({ status: 200, body: { position } });
  const { items } = annotationListSchema.parse((await ask(api, `${root}/annotations?pipeline=deal:0`)).body);
  expect(items).toContainEqual(
    expect.objectContaining({ change: 'meaning-mapped', stageId: 'MEETING', after: 'meeting', position }),
  );
});

test('a meaning may begin on a day of the portal and be taken away', async () => {
  const mapped = await put('PROPOSAL', { meaning: 'proposal', validFrom: '2026-03-01' });
  expect(mapped.status).toBe(200);
  const { position } = decidedSchema.parse((await put('PROPOSAL', { meaning: null, validFrom: '2026-03-15' })).body);
  const read = await ask(api, `${root}/pipelines?minPosition=${position}`);
  const stages = pipelineListSchema.parse(read.body).items[0]?.stages;
  expect(stages?.find(({ stageId }) => stageId === 'PROPOSAL')?.meaning).toBeNull();
  const past = await ask(api, `${root}/funnel/now?pipeline=deal:0&asOf=2026-03-10T00:00:00.000Z`);
  expect(past.body['stages']).toContainEqual(expect.objectContaining({ stageId: 'PROPOSAL', meaning: 'proposal' }));
});

test('ten decisions at once all stand', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => put('NEW', { meaning: 'contact', validFrom: `2026-01-${10 + index}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

test.each([
  ['an unknown stage', 'NOWHERE', { meaning: 'meeting' }, 'deal:0', 404, 'FUNNEL_STAGE_UNKNOWN'],
  ['an unknown pipeline', 'NEW', { meaning: 'meeting' }, 'deal:77', 404, 'FUNNEL_PIPELINE_UNKNOWN'],
  ['a meaning that is no word', 'NEW', { meaning: '<script>' }, 'deal:0', 400, 'FUNNEL_MEANING_INVALID'],
  ['a meaning that is a number', 'NEW', { meaning: 5 }, 'deal:0', 400, 'INVALID_REQUEST'],
  ['no meaning', 'NEW', {}, 'deal:0', 400, 'INVALID_REQUEST'],
  ['an unknown field', 'NEW', { meaning: 'meeting', colour: 'red' }, 'deal:0', 400, 'INVALID_REQUEST'],
  [
    'a day that does not exist',
    'NEW',
    { meaning: 'meeting', validFrom: '2026-02-30' },
    'deal:0',
    400,
    'INVALID_REQUEST',
  ],
  ['a stage with NUL', '%00', { meaning: 'meeting' }, 'deal:0', 400, 'INVALID_REQUEST'],
])('%s is refused', async (_title, stage, body, pipeline, status, code) => {
  expect(await put(stage, body, pipeline)).toMatchObject({ status, body: { status, code } });
});

test('a read that is behind says so and still answers', async () => {
  const behind = await ask(api, `${root}/sellers?minPosition=${portal.bucket}:99999999`);
  expect(behind.status).toBe(200);
  expect(behind.headers.get('x-behind')).toBe('true');
});

test('a position of another bucket is refused', async () => {
  const other = await ask(api, `${root}/sellers?minPosition=${portal.bucket + 1}:1`);
  expect(other).toMatchObject({ status: 400, body: { code: 'POSITION_INVALID' } });
});
