import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { personOfCase } from './lanes.js';
import { QueueReader, type QueueWindow } from './queue-reader.js';

let database: CurationDatabase;
let world: JudgedWorld;
beforeAll(async () => {
  database = await curationDatabase();
  world = new JudgedWorld(database.pool, 21);
  world.configure();
  // From here on the rules are on: what begins later is for curators.
  world.watermark(day(1, '12:00'));
  await world.judge();
  for (const [id, owner] of [
    ['1', '7'],
    ['2', '8'],
    ['3', '7'],
  ] as const) {
    world.lead(id, day(2, `1${id}:00`), owner);
  }
  world.watermark(day(2, '14:00'));
  await world.judge();
});
afterAll(() => database.close());

const reader = () => new QueueReader(database.pool);
const list = (wanted: QueueWindow) => reader().list(world.portal, { lane: 'queue', ruleId: 'L01' }, wanted);
const page = (offset: number, limit: number) => list({ offset, limit });

test('cases of a person stand together, where the first of them is due', async () => {
  const { rows, total } = await page(0, 10);
  // All are due at once: those of one rule and person stand in no order that counts.
  expect(rows.map(({ responsible, ofPerson, ofRule }) => [responsible, ofPerson, ofRule])).toEqual([
    ['7', 2, 2],
    ['7', 2, 2],
    ['8', 1, 1],
  ]);
  expect(rows.map(({ about }) => about).sort()).toEqual(['lead:1', 'lead:2', 'lead:3']);
  expect(total).toBe(3);
});

test('every page knows how many cases there are, one beyond the end too', async () => {
  expect(await page(2, 1)).toMatchObject({ rows: [{ about: 'lead:2' }], total: 3, offset: 2 });
  expect(await page(50, 10)).toMatchObject({ rows: [], total: 3 });
});

test('who is known to stand first stays first, also when their next case is due later than those of others', async () => {
  const { order } = await page(0, 10);
  await database.pool.query(
    `UPDATE read.violation_case SET due_at = due_at + interval '1 day' WHERE portal_id = $1 AND responsible = '7'`,
    [world.portal.portalId],
  );
  const responsible = async (wanted: QueueWindow) => (await list(wanted)).rows.map((row) => row.responsible);
  expect(await responsible({ offset: 0, limit: 10 })).toEqual(['8', '7', '7']);
  expect(await responsible({ offset: 0, limit: 10, order })).toEqual(['7', '7', '8']);
  expect(await responsible({ offset: 2, limit: 1, order })).toEqual(['8']);
  // Neither what was never an order nor people who are gone disturb.
  expect(await responsible({ offset: 0, limit: 10, order: 'x' })).toEqual(['8', '7', '7']);
  expect(await responsible({ offset: 0, limit: 10, order: `99-L01.${order}` })).toEqual(['7', '7', '8']);
});

test('the part of a list around a case has it in its middle; without the case it begins where it is told to', async () => {
  const all = (await page(0, 10)).rows.map(({ caseId }) => caseId);
  for (const [place, around] of all.entries()) {
    const found = await list({ offset: 0, limit: 1, around });
    expect([found.offset, found.rows.map(({ caseId }) => caseId)]).toEqual([place, [around]]);
  }
  expect(await list({ offset: 0, limit: 2, around: all[2] })).toMatchObject({ offset: 1, total: 3 });
  const unknown = { offset: 1, limit: 2, around: '00000000-0000-4000-8000-000000000000' };
  expect(await list(unknown)).toMatchObject({ offset: 1, total: 3 });
  // A case of another part of the queue is in no window of this one.
  const elsewhere = await reader().list(world.portal, { lane: 'done' }, { offset: 0, limit: 2, around: all[2] });
  expect(elsewhere).toMatchObject({ rows: [], offset: 0, total: 0 });
});

test('what a person violated is counted of what the same person could, whoever is told of it', async () => {
  const reader = new QueueReader(database.pool);
  const ofSeller = await reader.history(world.portal, '7', 'L01', 3650);
  expect(ofSeller).toEqual({ violations: 2, checks: 2 });
  // The head is told of others' cases and has none.
  await database.pool.query(
    `UPDATE read.violation_case SET responsible = '99' WHERE portal_id = $1 AND about = 'lead:1'`,
    [world.portal.portalId],
  );
  expect(await reader.history(world.portal, '7', 'L01', 3650)).toEqual(ofSeller);
  expect(await reader.history(world.portal, '99', 'L01', 3650)).toEqual({ violations: 0, checks: 0 });
});

test.each([
  ['employee:12', { owner: null, responsible: '5' }, '12'],
  ['lead:1', { owner: '7', responsible: '5' }, '7'],
  ['activity:1', { owner: null, responsible: '8' }, '8'],
  ['contact:1', { owner: null, responsible: null }, null],
])('a case in the life of %s counts for whoever could keep the rule', (subject, people, person) => {
  expect(personOfCase(subject, people)).toBe(person);
});
