import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { curator } from '../../cases/case.spec-fixture.js';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../../judged-portal.spec-fixture.js';
import { QualityReader } from '../quality-reader.js';
import { AuditBook } from './audit-book.js';
import { baseChecklists } from './base-checklists.js';
import { drawAudits, weekBefore } from './draw-audits.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

const key = Buffer.alloc(32, 5);
const draw = (world: JudgedWorld) => drawAudits({ pool: database.pool, log: world.log, key }, world.portal);
const asked = curator('anna');

interface Drawn {
  week: string;
  seller: string;
  kind: string;
  about: string;
}

async function audits(world: JudgedWorld): Promise<Drawn[]> {
  await world.fold();
  const { rows } = await database.pool.query<Drawn>(
    `SELECT week::text, seller, kind, about FROM read.audit WHERE portal_id = $1 ORDER BY seller, about`,
    [world.portal.portalId],
  );
  return rows;
}

/** A call of a seller, planned and then finished; `type` 1 is a meeting. */
function call(world: JudgedWorld, id: string, seller: string, at: string, type = '2'): void {
  const fields = { ownerKind: 'lead', ownerObjectId: '1', activityType: type, providerId: 'VOXIMPLANT_CALL' };
  const more = { direction: 'outgoing', responsibleId: seller, completed: false, deadline: at, fileCount: 0 };
  world.appears('activity', id, at, { ...fields, ...more });
  world.changes('activity', id, at, { completed: true }, seller);
}

function closes(world: JudgedWorld, id: string, owner: string, at: string): void {
  world.appears('deal', id, day(2, '09:30'), { ownerId: owner, createdBy: owner });
  world.moves('deal', id, 'NEW', day(2, '09:30'), 'created', owner);
  world.moves('deal', id, 'WON', at, 'moved', owner);
}

async function busyWeek(bucket: number): Promise<JudgedWorld> {
  const world = new JudgedWorld(database.pool, bucket);
  world.configure();
  world.watermark(day(2, '09:00'));
  await world.judge();
  for (let count = 0; count < 6; count += 1) call(world, `1${count}`, '4', day(3, `1${count}:00`));
  call(world, '20', '5', day(4), '1');
  // Not finished, neither call nor meeting, another week.
  world.plans('30', 'lead:1', day(3), day(5));
  world.writes('31', 'lead:1', day(3));
  call(world, '32', '6', day(9));
  closes(world, '50', '5', day(6));
  closes(world, '51', '5', day(10));
  return world;
}

test('nothing is drawn before a week is over, then once, the same whoever draws', async () => {
  const world = await busyWeek(1);
  world.watermark(day(8, '20:00'));
  await world.judge();
  expect(await draw(world)).toBe(0);
  world.watermark(day(9, '09:00'));
  await world.judge();
  const drawn = await Promise.all([draw(world), draw(world)]);
  expect(drawn).toEqual([5, 5]);
  const rows = await audits(world);
  expect(rows).toHaveLength(5);
  expect(rows.filter(({ seller }) => seller === '4')).toHaveLength(3);
  expect(rows.filter(({ seller }) => seller === '5')).toEqual([
    { week: '2026-03-02', seller: '5', kind: 'meeting', about: 'activity:20' },
    { week: '2026-03-02', seller: '5', kind: 'deal', about: 'deal:50' },
  ]);
  expect(await draw(world)).toBe(0);
  // Late facts of a week that was drawn change nothing.
  call(world, '60', '4', day(5));
  world.watermark(day(10, '09:00'));
  await world.judge();
  expect(await draw(world)).toBe(0);
  expect(await audits(world)).toEqual(rows);
});

test('a week runs from Monday to Monday in the zone of the portal', () => {
  const at = new Date('2026-03-08T21:30:00Z');
  expect(weekBefore(at, 'Europe/Moscow')).toMatchObject({ week: '2026-03-02', to: new Date('2026-03-08T21:00:00Z') });
  expect(weekBefore(at, 'UTC')).toMatchObject({ week: '2026-02-23' });
});

test('a failed audit is a fact until its score is taken back', async () => {
  const world = await busyWeek(2);
  world.watermark(day(9, '09:00'));
  await world.judge();
  await draw(world);
  await world.fold();
  const parts = { log: world.log, clock: { now: () => new Date(day(10)) } };
  const book = new AuditBook(database.pool, parts);
  const checklist = baseChecklists.find(({ kind }) => kind === 'deal');
  const deal = (await book.list(world.portal, asked, 'open', 50)).find(({ state }) => state.kind === 'deal');
  if (!checklist || !deal) throw new Error('A deal was drawn');
  expect((await new QualityReader(database.pool).settings(world.portal)).checklists['deal']).toEqual(checklist);
  const marks = checklist.items.map(({ itemId }) => ({ itemId, points: 1 }));
  await book.score(world.portal, deal.state.auditId, marks, checklist, asked);
  await world.fold();
  const { auditId } = deal.state;
  expect(await book.get(world.portal, auditId, asked)).toMatchObject({
    state: { seller: '5', about: 'deal:50', scored: { score: 50, isPassed: false, failedBy: [] } },
    scoredAt: day(10),
  });
  expect(await book.list(world.portal, asked, 'scored', 50)).toHaveLength(1);
  const own = curator('seller', { ownUserIds: ['5'] });
  await expect(book.get(world.portal, auditId, own)).rejects.toMatchObject({ code: 'AUDIT_UNKNOWN' });
  await expect(book.score(world.portal, auditId, marks, checklist, own)).rejects.toMatchObject({ code: 'AUDIT_OWN' });
  const head = curator('head', { isHead: true });
  await expect(book.score(world.portal, auditId, marks, checklist, head)).rejects.toMatchObject({
    code: 'AUDIT_HEAD_ALONE',
  });
  await book.withdraw(world.portal, auditId, asked);
  await world.fold();
  expect(await book.get(world.portal, auditId, asked)).toMatchObject({ state: { scored: null }, scoredAt: null });
});
