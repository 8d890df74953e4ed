import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { limitStream } from './limit-events.js';
import { LimitReader, learnLimits } from './learn-limits.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

let bucket = 0;

const deal = (world: JudgedWorld, id: string, at: string, amountKopecks = '0'): void => {
  const fields = { ownerId: '7', createdBy: '7', amountKopecks, currency: 'RUB' };
  world.appears('deal', id, at, fields, { actor: 'user:7' });
  world.moves('deal', id, 'NEW', at, 'created');
};

/**
 * Five deals each leave their first stage after one, two, … five working days of the week from Monday 16 March on, and are
 * won with 1,000 to 25,000 ₽. Others are lost, deleted or open: they say nothing of what won ones take.
 */
async function wonInMarch(): Promise<JudgedWorld> {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  const from = day(2, '08:00');
  await world.decides({
    type: 'RuleStatusSet',
    data: { ruleId: 'D04', status: 'active', from, by: 'anna', reason: '' },
  });
  world.watermark(from);
  await world.judge();
  for (let index = 1; index <= 25; index += 1) {
    const days = Math.ceil(index / 5);
    const leftAt = day(16 + days + (days === 5 ? 2 : 0), '10:00');
    deal(world, String(index), day(16, '10:00'), String(index * 100_000));
    world.moves('deal', String(index), 'MEETING', leftAt);
    world.moves('deal', String(index), 'WON', leftAt);
    deal(world, String(100 + index), day(16, '10:00'));
    world.moves('deal', String(100 + index), 'LOSE', day(16, '11:00'));
    deal(world, String(200 + index), day(16, '10:00'));
    world.moves('deal', String(200 + index), 'WON', day(16, '10:30'));
    world.vanishes('deal', String(200 + index), day(16, '10:40'));
  }
  // Once an hour for three working days, then after the weekend; an hour is heard once, however much it brings.
  for (let hour = 0; hour < 27; hour += 1) {
    const at = day(18 + Math.floor(hour / 9), `${String(9 + (hour % 9)).padStart(2, '0')}:15`);
    world.lead(String(300 + hour), at);
    world.lead(String(400 + hour), at);
  }
  world.lead('499', day(23, '14:15'));
  world.watermark(day(24, '12:00'));
  await world.judge();
  return world;
}

const learn = (world: JudgedWorld): Promise<boolean> =>
  learnLimits({ pool: database.pool, log: world.log }, world.portal);

test('what is usual is learned once in a week and holds from the next midnight on', async () => {
  const world = await wonInMarch();
  expect(await new LimitReader(database.pool).last(world.portal)).toBeNull();
  expect(await learn(world)).toBe(true);
  // What is appended in an older version is read as one that knows nothing of channels.
  expect(await world.log.readStream(world.portal, limitStream)).toMatchObject([{ schemaVersion: 2 }]);
  await world.fold();
  expect(await new LimitReader(database.pool).last(world.portal)).toEqual({
    week: '2026-03-23',
    asOf: day(24, '12:00'),
    from: day(25, '00:00'),
    stages: [
      { stage: 'MEETING', days: 0, stays: 25 },
      { stage: 'NEW', days: 4, stays: 25 },
    ],
    amounts: [{ pipeline: 'deal:0', currency: 'RUB', limit: 5 * 2_400_000, deals: 25 }],
    channels: [{ channel: 'WEB', hours: 12, silences: 27 }],
  });
  world.watermark(day(29, '12:00'));
  await world.judge();
  expect(await learn(world)).toBe(false);
  world.watermark(day(30, '00:00'));
  await world.judge();
  expect(await learn(world)).toBe(true);
});

test('a stay goes by what was usual when it began, whenever it is judged', async () => {
  const world = await wonInMarch();
  await learn(world);
  deal(world, '900', day(24, '13:00'));
  deal(world, '901', day(25, '10:00'));
  world.watermark(day(27, '13:00'));
  await world.judge();
  const opened = async () =>
    (await world.cases()).flatMap((row) =>
      row['rule_id'] === 'D04' && row['status'] === 'open'
        ? [[row['about'], (row['opens_at'] as Date).toISOString()]]
        : [],
    );
  expect(await opened()).toEqual([['deal:900', day(27, '13:00')]]);
  world.watermark(day(31, '10:00'));
  await world.judge();
  const both = [
    ['deal:900', day(27, '13:00')],
    ['deal:901', day(31, '10:00')],
  ];
  expect(await opened()).toEqual(both);
  // Other limits later change nothing of what began before, also when all is judged anew.
  expect(await learn(world)).toBe(true);
  await world.decides({ type: 'RuleParametersSet', data: { ruleId: 'D03', parameters: { moves: 4 }, by: 'anna' } });
  world.watermark(day(32, '10:00'));
  await world.judge();
  expect(await opened()).toEqual(both);
});

test('programs that learn at once learn once', async () => {
  const world = await wonInMarch();
  const outcomes = await Promise.all([learn(world), learn(world), learn(world)]);
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(await world.log.readStream(world.portal, limitStream)).toHaveLength(1);
});

test('before anything was judged nothing is learned', async () => {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  expect(await learn(world)).toBe(false);
});
