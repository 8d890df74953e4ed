import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

test('what did not happen opens a case when the rule clock has passed its limit, and not before', async () => {
  const world = new JudgedWorld(database.pool);
  world.configure();
  world.watermark(day(2, '09:00'));
  await world.judge();
  world.lead('1', day(2, '10:00'));
  world.plans('11', 'lead:1', day(2, '10:05'), day(20));
  world.watermark(day(2, '10:29'));
  await world.judge();
  expect(await world.cases()).toEqual([]);
  world.watermark(day(2, '10:31'));
  await world.judge();
  expect(await world.cases()).toMatchObject([
    { rule_id: 'L01', about: 'lead:1', status: 'open', mode: 'active', opens_at: new Date(day(2, '10:30')) },
  ]);
  world.writes('12', 'lead:1', day(2, '11:00'));
  world.watermark(day(2, '11:01'));
  await world.judge();
  // An S1 still wants its verdict.
  expect(await world.cases()).toMatchObject([
    { rule_id: 'L01', status: 'open', resolved_at: new Date(day(2, '11:00')) },
  ]);
});

test('a fact that comes late takes a case back', async () => {
  const world = new JudgedWorld(database.pool, 4);
  world.configure();
  world.watermark(day(2, '09:00'));
  await world.judge();
  world.lead('1', day(2, '10:00'));
  world.plans('11', 'lead:1', day(2, '10:05'), day(20));
  world.watermark(day(2, '12:00'));
  await world.judge();
  world.writes('12', 'lead:1', day(2, '10:10'));
  world.watermark(day(2, '12:05'));
  await world.judge();
  expect(await world.cases()).toMatchObject([{ rule_id: 'L01', status: 'void' }]);
});

test('what began before its rule was on is baseline', async () => {
  const world = new JudgedWorld(database.pool, 5);
  world.configure();
  world.lead('1', day(2, '10:00'));
  world.plans('11', 'lead:1', day(2, '10:05'), day(20));
  world.watermark(day(3, '12:00'));
  await world.judge();
  expect(await world.cases()).toMatchObject([{ rule_id: 'L01', mode: 'baseline' }]);
});

test('a case about a lead that vanished is void', async () => {
  const world = new JudgedWorld(database.pool, 6);
  world.configure();
  world.watermark(day(2, '09:00'));
  await world.judge();
  world.lead('1', day(2, '10:00'));
  world.watermark(day(2, '17:00'));
  await world.judge();
  expect(await world.cases()).toMatchObject([{ rule_id: 'L01' }, { rule_id: 'L03' }]);
  world.vanishes('lead', '1', day(2, '17:30'));
  world.watermark(day(2, '17:31'));
  await world.judge();
  expect(await world.cases()).toMatchObject([{ status: 'void' }, { status: 'void' }]);
});
