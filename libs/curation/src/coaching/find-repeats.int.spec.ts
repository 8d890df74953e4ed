import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { handleCase } from '../cases/handle-case.js';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { CoachingBook } from './coaching-book.js';
import { findRepeats } from './find-repeats.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

let bucket = 0;
const anna = { accountId: 'anna', userId: '1', ownUserIds: ['1'], isHead: false, isInTraining: false };

/** A portal in which a lead of user 7 stays untouched on each of these days of March. */
async function worldOf(...days: number[]): Promise<JudgedWorld> {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  world.watermark(day(2, '08:00'));
  await world.judge();
  await neglect(world, ...days);
  return world;
}

async function neglect(world: JudgedWorld, ...days: number[]): Promise<void> {
  for (const number of days) {
    world.lead(String(number), day(number, '10:00'));
    world.plans(`10${number}`, `lead:${number}`, day(number, '10:05'), day(number + 60));
    world.watermark(day(number, '16:00'));
  }
  await world.judge();
}

const parts = (world: JudgedWorld) => ({ pool: database.pool, log: world.log, clock: { now: () => world.now } });
const book = (world: JudgedWorld) => new CoachingBook(database.pool, parts(world));
async function look(world: JudgedWorld): Promise<number> {
  const changed = await findRepeats(parts(world), world.portal);
  await world.fold();
  return changed;
}
const open = async (world: JudgedWorld) =>
  (await book(world).list(world.portal, 'open', anna, 10)).map(({ state }) => state);
const leadsOf = async (world: JudgedWorld, caseIds: readonly string[] = []): Promise<string[]> => {
  const { rows } = await database.pool.query<{ about: string }>(
    'SELECT about FROM read.violation_case WHERE portal_id = $1 AND case_id = ANY ($2::uuid[]) ORDER BY started_at',
    [world.portal.portalId, caseIds],
  );
  return rows.map(({ about }) => about);
};

test('two cases are no coaching, the third makes one, a fourth joins it, and nothing is said twice', async () => {
  const world = await worldOf(2, 3);
  expect(await look(world)).toBe(0);
  await neglect(world, 4);
  expect(await look(world)).toBe(1);
  const [coaching] = await open(world);
  expect(coaching).toMatchObject({ person: '7', ruleId: 'L01', since: day(4, '10:00'), status: 'open' });
  expect(await leadsOf(world, coaching?.caseIds)).toEqual(['lead:2', 'lead:3', 'lead:4']);
  expect(await look(world)).toBe(0);
  await neglect(world, 10);
  expect(await look(world)).toBe(1);
  const [same, ...others] = await open(world);
  expect(same?.coachingId).toBe(coaching?.coachingId);
  expect(same?.caseIds).toHaveLength(4);
  expect(others).toEqual([]);
});

test('cases that are no breaches leave it, and with too few it is withdrawn', async () => {
  const world = await worldOf(2, 3, 4);
  await look(world);
  const [coaching] = await open(world);
  const [first = '', second = ''] = coaching?.caseIds ?? [];
  // A late fact: the lead was touched in time.
  world.writes('90', 'lead:2', day(2, '10:10'));
  world.watermark(day(4, '17:00'));
  await world.judge();
  expect(await look(world)).toBe(1);
  expect(await open(world)).toEqual([]);
  await neglect(world, 5);
  await look(world);
  expect((await open(world))[0]).toMatchObject({ coachingId: coaching?.coachingId, status: 'open' });
  expect((await open(world))[0]?.caseIds).not.toContain(first);
  const command = { type: 'GiveVerdict', verdict: 'acceptable', seconds: null, template: '' } as const;
  await handleCase(parts(world), world.portal, second, command, anna);
  await world.fold();
  expect(await look(world)).toBe(1);
  expect(await open(world)).toEqual([]);
});

test('held, it keeps its cases, and only three further ones make the next', async () => {
  const world = await worldOf(2, 3, 4);
  await look(world);
  const [coaching] = await open(world);
  const id = coaching?.coachingId ?? '';
  await book(world).handle(world.portal, id, 'finish', anna);
  await world.fold();
  expect(await open(world)).toEqual([]);
  expect(await book(world).list(world.portal, 'done', anna, 10)).toMatchObject([
    { state: { coachingId: id, doneBy: 'anna' }, doneAt: world.now.toISOString() },
  ]);
  await neglect(world, 5, 6);
  expect(await look(world)).toBe(0);
  await neglect(world, 10);
  expect(await look(world)).toBe(1);
  const [next] = await open(world);
  expect(next?.coachingId).not.toBe(id);
  expect(await leadsOf(world, next?.caseIds)).toEqual(['lead:5', 'lead:6', 'lead:10']);
  // Nobody sees what is about themselves.
  expect(await book(world).list(world.portal, 'open', { ownUserIds: ['7'] }, 10)).toEqual([]);
});

test('two programs that look at once open one', async () => {
  const world = await worldOf(2, 3, 4);
  await Promise.all([findRepeats(parts(world), world.portal), findRepeats(parts(world), world.portal)]);
  await world.fold();
  const coachings = await open(world);
  expect(coachings).toHaveLength(1);
  expect(await world.log.readStream(world.portal, `coaching:${coachings[0]?.coachingId}`)).toHaveLength(1);
});

test('cases from before the rule was on, and silent ones, are nobody’s coaching', async () => {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  for (const id of ['1', '2', '3']) world.lead(id, day(2, '10:00'));
  world.watermark(day(3, '12:00'));
  await world.judge();
  expect((await world.cases()).map(({ mode }) => mode)).toContain('baseline');
  expect(await look(world)).toBe(0);
});
