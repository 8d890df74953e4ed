import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { AuditBook } from '../quality/audits/audit-book.js';
import { baseChecklists } from '../quality/audits/base-checklists.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

let bucket = 0;
const anna = { accountId: 'anna', userId: '1', ownUserIds: ['1'], isHead: false, isInTraining: false };
const checklist = baseChecklists.find(({ kind }) => kind === 'deal');
if (!checklist) throw new Error('deals have a checklist');
const marks = (points: number) => checklist.items.map(({ itemId }) => ({ itemId, points }));

/** A portal in which rule A09 is on and a deal of user 7 was drawn for an audit. */
async function auditedWorld(): Promise<{ world: JudgedWorld; auditId: string; book: AuditBook }> {
  const world = new JudgedWorld(database.pool, (bucket += 1));
  world.configure();
  world.appears('user', '7', day(1, '09:00'), { active: true, departmentIds: [] });
  world.watermark(day(2, '08:00'));
  await world.judge();
  const on = { ruleId: 'A09', status: 'active', from: day(2, '08:00'), by: 'nobody', reason: 'by-hand' } as const;
  await world.decides({ type: 'RuleStatusSet', data: on });
  const auditId = randomUUID();
  world.fact(`audit:${auditId}`, 'AuditDrawn', day(2, '09:00'), {
    ...{ auditId, week: '2026-02-23', seller: '7', kind: 'deal', about: 'deal:12', happenedAt: day(1) },
    ...{ checklistId: checklist?.checklistId, checklistVersion: checklist?.version },
  });
  world.watermark(day(2, '10:00'));
  await world.judge();
  const book = new AuditBook(database.pool, { log: world.log, clock: { now: () => world.now } });
  return { world, auditId, book };
}

test('an audit that failed opens a case about its record, and one whose score is taken back resolves it', async () => {
  const { world, auditId, book } = await auditedWorld();
  expect(await world.cases()).toEqual([]);
  if (!checklist) return;
  world.now = new Date(day(3, '12:00'));
  await book.score(world.portal, auditId, marks(0), checklist, anna);
  // The rule clock has not come so far.
  world.watermark(day(3, '11:00'));
  await world.judge();
  expect(await world.cases()).toEqual([]);
  world.watermark(day(3, '13:00'));
  await world.judge();
  expect(await world.cases()).toMatchObject([
    { rule_id: 'A09', about: 'deal:12', status: 'open', mode: 'active', started_at: world.now, resolved_at: null },
  ]);
  const { rows } = await database.pool.query<{ responsible: string; evidence: unknown }>(
    `SELECT responsible, opened -> 'evidence' AS evidence FROM read.violation_case WHERE portal_id = $1`,
    [world.portal.portalId],
  );
  expect(rows).toEqual([{ responsible: '7', evidence: { audit_score: 0 } }]);
  world.now = new Date(day(3, '14:00'));
  await book.withdraw(world.portal, auditId, anna);
  world.watermark(day(3, '15:00'));
  await world.judge();
  expect(await world.cases()).toMatchObject([{ rule_id: 'A09', status: 'closed', resolved_at: world.now }]);
});

test('one that passed opens none, and both are opportunities', async () => {
  const { world, auditId, book } = await auditedWorld();
  if (!checklist) return;
  world.now = new Date(day(3, '12:00'));
  await book.score(world.portal, auditId, marks(2), checklist, anna);
  world.watermark(day(3, '13:00'));
  await world.judge();
  expect(await world.cases()).toEqual([]);
  const { rows } = await database.pool.query(
    `SELECT person, checks FROM judge.checks WHERE portal_id = $1 AND rule_id = 'A09'`,
    [world.portal.portalId],
  );
  expect(rows).toMatchObject([{ person: '7' }]);
});
