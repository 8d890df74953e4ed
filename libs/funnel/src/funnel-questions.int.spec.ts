import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  CapturedWorld,
  day,
  funnelDatabase,
  type FunnelDatabase,
  march,
  moment,
} from './captured-world.spec-fixture.js';
import { mapStageMeaning } from './map-stage-meaning/map-stage-meaning.js';
import type { FigureRef } from './figure.js';

let database: FunnelDatabase;
let world: CapturedWorld;
let wonMove: string;
const pipelineId = 'deal:0';
beforeAll(async () => {
  database = await funnelDatabase();
  world = CapturedWorld.in(database.pool);
  world.configure();
  for (let number = 1; number <= 12; number++) {
    const moves: [string, string][] = [
      ['NEW', day(number)],
      ['MEETING', day(number + 2)],
    ];
    if (number <= 3) moves.push(['WON', day(number + 4)]);
    world.deal(String(number), moves, { owner: number % 2 ? '7' : '12', kopecks: number * 100 });
  }
  world.appears('contact', '9', day(1), {}, { 'contact:9': '{"name":"Анна"}' });
  await world.project();
  const record = await world.reader.record(world.scope, 'deal', '3');
  wonMove = record.visits.at(-1)!.eventId;
});
afterAll(() => database.close());

const converted: FigureRef = {
  view: 'cohort',
  definition: 'reached',
  figure: 'converted',
  pipelineId,
  period: march,
  horizonDays: 30,
  fromStageId: 'NEW',
  toStageId: 'WON',
};

test('an answer says what it has seen and how sure its rates are', async () => {
  const cohort = await world.reader.cohort(world.scope, { ...converted, definition: 'reached' });
  expect(cohort.asOf.at).toBe(moment.toISOString());
  expect(cohort.asOf.position).toMatch(/^3:\d+$/);
  expect(cohort).toMatchObject({ definition: 'reached', horizonDays: 30, from: march.from.toISOString() });
  expect(cohort.all.overall).toMatchObject({ counted: 12, converted: 3, tooFew: false });
  expect(cohort.all.overall?.interval?.low).toBeCloseTo(0.0889, 3);
  expect(cohort.all.steps.at(-1)).toMatchObject({
    fromStageId: 'PROPOSAL',
    toStageId: 'WON',
    counted: 3,
    tooFew: true,
  });
});

test('records come newest first, page by page', async () => {
  const figure: FigureRef = { view: 'flow', figure: 'entries', pipelineId, period: march, stageId: 'NEW' };
  const first = await world.reader.records(world.scope, figure, { limit: 7 });
  const second = await world.reader.records(world.scope, figure, { limit: 7, after: first.next! });
  expect([...first.records, ...second.records].map(({ id }) => id)).toEqual(
    Array.from({ length: 12 }, (_, index) => String(12 - index)),
  );
  expect(second.next).toBeNull();
  expect(first.records[0]).toMatchObject({
    sellerId: '12',
    countedAt: day(12),
    currentStageId: 'MEETING',
    amountKopecks: 1200n,
  });
});

test('a converted record says when', async () => {
  const { records } = await world.reader.records(world.scope, converted);
  expect(records.map(({ id, convertedAt }) => [id, convertedAt])).toEqual([
    ['3', day(7)],
    ['2', day(6)],
    ['1', day(5)],
  ]);
});

test('a number explains itself: definition, inputs, parts and facts', async () => {
  const explained = await world.reader.explain(world.scope, converted);
  expect(explained).toMatchObject({
    textKey: 'funnel.cohort.reached.converted',
    version: 'funnel_v1',
    value: 3,
    rate: { population: 12, counted: 12, converted: 3 },
    inputs: { sellerId: 'all', horizonDays: 30, fromStageId: 'NEW', toStageId: 'WON', zone: 'Europe/Moscow' },
  });
  expect(explained.sample.map(({ id }) => id)).toEqual(['3', '2', '1']);
  const won = await world.reader.explain(world.scope, { view: 'flow', figure: 'won', pipelineId, period: march });
  expect(won.sample[0]).toEqual({ kind: 'deal', id: '3', eventId: wonMove, at: day(7) });
});

test('months are cut in the zone of the portal', async () => {
  world.deal('20', [['NEW', '2026-03-31T20:59:59.000Z']]);
  world.deal('21', [['NEW', '2026-03-31T21:00:00.000Z']]);
  await world.project();
  const { months } = await world.reader.months(world.scope, { pipelineId, fromMonth: '2026-02', toMonth: '2026-05' });
  expect(months.map(({ month, all }) => [month, all.created])).toEqual([
    ['2026-02', 0],
    ['2026-03', 13],
    ['2026-04', 1],
  ]);
  expect(months[1]?.all).toEqual((await world.reader.flow(world.scope, { pipelineId, period: march })).all);
});

test('a meaning holds from the instant it was decided for', async () => {
  const decide = (meaning: string | null, validFrom: string) =>
    mapStageMeaning(world.log, { now: () => moment }, world, { pipelineId, stageId: 'MEETING', meaning, validFrom });
  const first = await decide('meeting', day(10));
  expect(first.isChanged).toBe(true);
  expect(await decide('meeting', day(15))).toEqual({ position: first.position, isChanged: false });
  await decide('proposal', day(20));
  await world.project();
  const meaningAt = async (asOf: string) => {
    const [pipeline] = await world.reader.pipelines(world.scope, { asOf: new Date(asOf) });
    return pipeline?.stages[1]?.meaning;
  };
  expect([await meaningAt(day(9)), await meaningAt(day(10)), await meaningAt(day(20))]).toEqual([
    null,
    'meeting',
    'proposal',
  ]);
  const annotations = await world.reader.annotations(world.scope, { pipelineId });
  expect(annotations.map(({ change, after }) => [change, after])).toEqual([
    ['meaning-mapped', 'proposal'],
    ['meaning-mapped', 'meeting'],
  ]);
});

test('a record outside the pipelines has its own page', async () => {
  expect(await world.reader.record(world.scope, 'contact', '9')).toMatchObject({
    kind: 'contact',
    state: 'present',
    visits: [],
  });
});

const hostile = ['', '\0', "'; DROP TABLE x; --", 'x'.repeat(10_000), 'deal:0\0', '../..'];
test.each(hostile)('hostile value %# is refused by name, never by the database', async (value) => {
  const refusal = { name: 'Rejection' };
  const { reader, scope } = world;
  await expect(reader.now(scope, { pipelineId: value })).rejects.toMatchObject(refusal);
  await expect(reader.now(scope, { pipelineId, sellerId: value })).rejects.toMatchObject(refusal);
  await expect(reader.record(scope, 'deal', value)).rejects.toMatchObject(refusal);
  await expect(reader.record(scope, value, '1')).rejects.toMatchObject(refusal);
  await expect(reader.records(scope, { ...converted, toStageId: value })).rejects.toMatchObject(refusal);
  await expect(reader.records(scope, converted, { after: value })).rejects.toMatchObject(refusal);
});

test.each([
  ['a period that ends before it begins', { period: { from: march.to, to: march.from } }],
  ['a period of no length', { period: { from: march.to, to: march.to } }],
  ['a period beyond all calendars', { period: { from: march.from, to: new Date('9999-01-01T00:00:00Z') } }],
  ['a time that is none', { period: { from: new Date(Number.NaN), to: march.to } }],
  ['a horizon of half a day', { horizonDays: 0.5 }],
  ['a horizon of a million days', { horizonDays: 1_000_000 }],
  ['a step backwards', { fromStageId: 'WON', toStageId: 'NEW' }],
  ['a step into a lost stage', { toStageId: 'LOSE' }],
  ['a moment before all calendars', { asOf: new Date('0001-01-01T00:00:00Z') }],
])('%s is refused', async (_, change) => {
  await expect(world.reader.records(world.scope, { ...converted, ...change })).rejects.toMatchObject({
    name: 'Rejection',
  });
});

test('an id that looks right but is unknown gives zeros, not an error', async () => {
  const now = await world.reader.now(world.scope, { pipelineId, sellerId: '424242' });
  expect(now.all.count).toBe(0);
});
