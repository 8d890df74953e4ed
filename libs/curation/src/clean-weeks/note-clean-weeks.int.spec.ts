import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { handleCase } from '../cases/handle-case.js';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { noteCleanWeeks } from './note-clean-weeks.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

let bucket = 0;
const anna = { accountId: 'anna', userId: '1', ownUserIds: ['1'], isHead: false, isInTraining: false };

/** Monday 2 March to Sunday 8: leads of user 7, each touched in time; `neglected` ones never. */
async function weekOf(leads: number, neglected = 0): Promise<JudgedWorld> {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  world.watermark(day(2, '08:00'));
  await world.judge();
  for (let index = 1; index <= leads + neglected; index += 1) {
    world.lead(String(index), day(3, '10:00'));
    world.plans(`10${index}`, `lead:${index}`, day(3, '10:05'), day(60));
    if (index <= leads) world.writes(`20${index}`, `lead:${index}`, day(3, '10:10'));
  }
  return world;
}

async function note(world: JudgedWorld, through: string): Promise<unknown[]> {
  world.watermark(through);
  await world.judge();
  await noteCleanWeeks({ pool: database.pool, log: world.log }, world.portal);
  await world.fold();
  const { rows } = await database.pool.query<{ person: string; week: string; checks: number }>(
    'SELECT person, week::text, checks FROM read.clean_week WHERE portal_id = $1 ORDER BY person, week',
    [world.portal.portalId],
  );
  return rows;
}

test('a week with enough opportunities and no violation is noted when it is over, once', async () => {
  const world = await weekOf(20);
  expect(await note(world, day(8, '23:00'))).toEqual([]);
  const noted = await note(world, day(9, '09:00'));
  expect(noted).toMatchObject([{ person: '7', week: '2026-03-02' }]);
  expect((noted[0] as { checks: number }).checks).toBeGreaterThanOrEqual(20);
  expect(await note(world, day(9, '10:00'))).toEqual(noted);
  expect(await world.log.readStream(world.portal, 'clean-weeks:7')).toHaveLength(1);
});

test('too few opportunities are no week to speak of', async () => {
  const world = await weekOf(4);
  expect(await note(world, day(9, '09:00'))).toEqual([]);
  const from = world.now.toISOString();
  await world.decides({
    type: 'PositiveNotesSet',
    data: { isOn: true, leastChecks: 5, channel: 'notification', by: 'anna', from },
  });
  expect(await note(world, day(9, '10:00'))).toMatchObject([{ person: '7' }]);
});

test.each([
  ['waits for its verdict, and is none when that confirms a violation', 'real', 0],
  ['waits for its verdict, and is noted when there was no violation', 'acceptable', 1],
] as const)('a week with a case %s', async (_says, verdict, expected) => {
  const world = await weekOf(20, 1);
  expect(await note(world, day(9, '09:00'))).toEqual([]);
  const { rows } = await database.pool.query<{ case_id: string }>(
    'SELECT case_id FROM read.violation_case WHERE portal_id = $1',
    [world.portal.portalId],
  );
  expect(rows).not.toEqual([]);
  const command = { type: 'GiveVerdict', verdict, seconds: null, template: '' } as const;
  for (const row of rows) {
    await handleCase({ log: world.log, clock: { now: () => world.now } }, world.portal, row.case_id, command, anna);
  }
  await world.fold();
  expect(await note(world, day(9, '10:00'))).toHaveLength(expected);
});

test('programs that note at once note once', async () => {
  const world = await weekOf(20);
  world.watermark(day(9, '09:00'));
  await world.judge();
  const parts = { pool: database.pool, log: world.log };
  await Promise.all([noteCleanWeeks(parts, world.portal), noteCleanWeeks(parts, world.portal)]);
  expect(await note(world, day(9, '10:00'))).toHaveLength(1);
});
