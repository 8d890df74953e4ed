import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  CapturedWorld,
  day,
  funnelDatabase,
  type FunnelDatabase,
  sales,
  wholesale,
} from '../captured-world.spec-fixture.js';

let database: FunnelDatabase;
let world: CapturedWorld;
beforeAll(async () => {
  database = await funnelDatabase();
});
beforeEach(() => {
  world = CapturedWorld.in(database.pool);
  world.configure();
});
afterAll(() => database.close());

const tables = [
  'funnel_object',
  'object_version',
  'stage_move',
  'stage_visit',
  'record',
  'record_title',
  'person',
  'pipeline',
  'pipeline_stage',
  'seen_stage',
  'configuration_change',
  'stage_meaning',
  'dictionary_entry',
];
const everything = async (of: CapturedWorld) =>
  Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await of.rowsOf(table)] as const)));
const visitsOf = async (id: string) =>
  (await world.reader.record(world.scope, 'deal', id)).visits.map(
    (visit) => `${visit.stageId} ${visit.enteredAt.slice(8, 10)}`,
  );

function writeLife(of: CapturedWorld): void {
  of.deal('1', [
    ['NEW', day(1)],
    ['MEETING', day(2)],
  ]);
  of.changes('deal', '1', day(3), { ownerId: '12', amountKopecks: '500000' }, { 'deal:1': '{"title":"Новая"}' });
  const late = of.moves('1', 'WON', day(9), 'reconstructed', 0);
  of.corrects('1', late, day(8), 77);
  of.withdraws('1', of.moves('1', 'LOSE', day(10)), day(11));
  of.deal('2', [['C5:NEW', day(4)]]);
  of.deletes('deal', '2', day(20));
  of.appears('contact', '9', day(1), {}, { 'contact:9': '{"name":"Анна","lastName":"Орлова"}' });
  of.changes('contact', '9', day(2), {}, { 'contact:9': '{"lastName":"Белова"}' });
  of.appears('activity', '5', day(2), { responsibleId: '7' }, { 'activity:5': '{"subject":"Звонок"}' });
  of.appears(
    'user',
    '7',
    day(1),
    { active: true, departmentIds: ['1', '3'] },
    { 'user:7': '{"name":"Иван","lastName":"Мороз"}' },
  );
  of.changes('user', '7', day(5), { active: false }, { 'user:7': '{"lastName":"Морозов"}' });
  of.configure([{ ...sales, name: 'Розница' }], day(12));
  of.fact('dictionary:SOURCE', 'DictionaryConfigured', day(1), {
    name: 'SOURCE',
    entries: [
      { id: 'WEB', name: 'Сайт', sort: 1 },
      { id: 'CALL', name: 'Звонок', sort: 2 },
    ],
  });
  of.fact('dictionary:SOURCE', 'DictionaryConfigured', day(2), {
    name: 'SOURCE',
    entries: [{ id: 'WEB', name: 'Веб', sort: 1 }],
  });
  of.fact('stage-meaning:deal:0', 'StageMeaningMapped', day(6), {
    pipelineId: 'deal:0',
    stageId: 'MEETING',
    meaning: 'meeting',
    validFrom: day(5),
  });
}

test('applying everything again changes nothing', async () => {
  writeLife(world);
  await world.project();
  const before = await everything(world);
  await world.foldFrom(0, 1000);
  expect(await everything(world)).toEqual(before);
});

test.each([1, 2, 7])('batches of %i events give the same as one batch', async (batchSize) => {
  writeLife(world);
  await world.project(batchSize);
  const apart = await everything(world);
  const client = await database.pool.connect();
  try {
    const names = ['funnel_object', 'object_version', 'stage_move', 'stage_visit', 'record', 'record_title', 'person'];
    const configuration = [
      'pipeline',
      'pipeline_stage',
      'seen_stage',
      'configuration_change',
      'stage_meaning',
      'dictionary_entry',
    ];
    for (const table of [...names, ...configuration, 'funnel_progress']) {
      await client.query(`DELETE FROM funnel_v1.${table} WHERE portal_id = $1`, [world.portalId]);
    }
  } finally {
    client.release();
  }
  await world.foldFrom(0, 100_000);
  expect(await everything(world)).toEqual(apart);
});

test('a move that becomes known late takes its place by time', async () => {
  world.deal('1', [
    ['NEW', day(1)],
    ['WON', day(9)],
  ]);
  await world.project();
  world.moves('1', 'MEETING', day(4));
  await world.project();
  expect(await visitsOf('1')).toEqual(['NEW 01', 'MEETING 04', 'WON 09']);
});

test('a reconstructed move is corrected when its row turns up', async () => {
  world.deal('1', [['NEW', day(1)]]);
  const move = world.moves('1', 'WON', day(9), 'reconstructed', 0);
  await world.project();
  world.corrects('1', move, day(8), 31);
  await world.project();
  expect(await visitsOf('1')).toEqual(['NEW 01', 'WON 08']);
});

test('a move that the portal takes back leaves no visit behind', async () => {
  world.deal('1', [['NEW', day(1)]]);
  const move = world.moves('1', 'MEETING', day(2));
  world.moves('1', 'WON', day(3));
  await world.project();
  world.withdraws('1', move, day(4));
  await world.project();
  expect(await visitsOf('1')).toEqual(['NEW 01', 'WON 03']);
  world.withdraws('1', 'never heard of', day(5));
  await world.project();
  expect(await visitsOf('1')).toEqual(['NEW 01', 'WON 03']);
});

test('moves of an object not seen yet wait for it', async () => {
  world.moves('1', 'NEW', day(1));
  await world.project();
  expect((await world.reader.now(world.scope, { pipelineId: 'deal:0' })).all.count).toBe(0);
  await expect(world.reader.record(world.scope, 'deal', '1')).rejects.toMatchObject({ code: 'FUNNEL_RECORD_UNKNOWN' });
  world.appears('deal', '1', day(1), { ownerId: '7', amountKopecks: '100', currency: 'RUB' });
  await world.project();
  expect((await world.reader.now(world.scope, { pipelineId: 'deal:0' })).all).toMatchObject({
    count: 1,
    amount: { kopecks: 100n },
  });
});

test('seller and amount are those of the moment asked about', async () => {
  world.deal('1', [['NEW', day(1)]], { owner: '7', kopecks: 100 });
  world.changes('deal', '1', day(5), { ownerId: '12' });
  world.changes('deal', '1', day(8), { amountKopecks: '900' });
  await world.project();
  const at = async (asOf?: Date) => {
    const { sellers } = await world.reader.now(world.scope, { pipelineId: 'deal:0', asOf });
    return sellers.map(({ sellerId, amount }) => [sellerId, amount.kopecks]);
  };
  expect(await at()).toEqual([['12', 900n]]);
  expect(await at(new Date(day(6)))).toEqual([['12', 100n]]);
  expect(await at(new Date(day(2)))).toEqual([['7', 100n]]);
});

test('names of employees stand in clear, and sellers are those who own something', async () => {
  writeLife(world);
  world.deal('3', [['NEW', day(1)]], { owner: null });
  world.deal('4', [['NEW', day(1)]], { owner: '7' });
  await world.project();
  expect(await world.reader.sellers(world.scope)).toEqual([
    { sellerId: '7', name: 'Иван Морозов', isActive: false, departmentIds: ['1', '3'] },
    { sellerId: '12', name: null, isActive: false, departmentIds: [] },
    { sellerId: 'unknown', name: null, isActive: false, departmentIds: [] },
  ]);
});

test('an employee whose key was destroyed has no name', async () => {
  world.appears('user', '8', day(1), { active: true }, { 'user:8': 'destroyed' });
  world.deal('1', [['NEW', day(1)]], { owner: '8' });
  await world.project();
  expect(await world.reader.sellers(world.scope)).toMatchObject([{ sellerId: '8', name: null, isActive: true }]);
});

test('other currencies are summed apart', async () => {
  world.deal('1', [['WON', day(1)]], { kopecks: 100 });
  world.deal('2', [['WON', day(1)]], { kopecks: 900, currency: 'EUR' });
  world.deal('3', [['WON', day(1)]], { kopecks: 50, currency: null });
  await world.project();
  const { all } = await world.reader.now(world.scope, { pipelineId: 'deal:0' });
  expect(all.amount).toEqual({
    currency: 'RUB',
    kopecks: 150n,
    others: [{ currency: 'EUR', count: 1, kopecks: 900n }],
  });
});

test('unknown types and erased events move the progress only', async () => {
  world.fact('plan:1', 'PlanFrozen', day(1), { planId: '1' });
  world.appears('deal', '1', day(1));
  await world.project();
  const events = await world.log.readBucket(world.bucket, 0, 100_000, { portalId: world.portalId });
  const erased = events.map((event) => ({ ...event, data: null as never, sealed: null as never }));
  const client = await database.pool.connect();
  try {
    await world.projection.apply(client, { bucket: world.bucket, events: erased });
  } finally {
    client.release();
  }
});

test('portals of one bucket do not see each other', async () => {
  const other = CapturedWorld.in(database.pool);
  other.configure([wholesale]);
  other.deal('1', [['C5:NEW', day(1)]]);
  world.deal('1', [['NEW', day(1)]]);
  await world.project();
  await other.project();
  expect((await world.reader.now(world.scope, { pipelineId: 'deal:5' })).all.count).toBe(0);
  await expect(other.reader.now(other.scope, { pipelineId: 'deal:0' })).rejects.toMatchObject({
    code: 'FUNNEL_PIPELINE_UNKNOWN',
  });
});
