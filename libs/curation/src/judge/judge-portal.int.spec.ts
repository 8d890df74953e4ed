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

test('a case about a lead that was merged is void because of that, and names the lead that took it over', async () => {
  const world = new JudgedWorld(database.pool, 7);
  world.configure();
  world.watermark(day(2, '09:00'));
  await world.judge();
  for (const id of ['1', '2']) world.lead(id, day(2, '10:00'));
  world.watermark(day(2, '12:00'));
  await world.judge();
  world.merges('lead', '1', '9', day(2, '17:30'));
  world.vanishes('lead', '2', day(2, '17:30'));
  world.watermark(day(2, '17:31'));
  await world.judge();
  const voided = async () => {
    const { rows } = await database.pool.query<Record<string, unknown>>(
      `SELECT row.about, row.status, row.state -> 'episodes' -> 0 ->> 'voidReason' AS reason,
              row.state -> 'episodes' -> 0 ->> 'voidInto' AS into
         FROM read.violation_case row WHERE portal_id = $1 AND rule_id = 'L01' ORDER BY about`,
      [world.portal.portalId],
    );
    return rows;
  };
  expect(await voided()).toEqual([
    { about: 'lead:1', status: 'void', reason: 'merged', into: 'lead:9' },
    { about: 'lead:2', status: 'void', reason: 'deleted', into: null },
  ]);
  // Seen again, it was never gone.
  world.appears('lead', '1', day(2, '17:40'), { ownerId: '7', createdBy: '7', sourceId: 'WEB', amountKopecks: '0' });
  world.watermark(day(2, '17:41'));
  await world.judge();
  expect((await voided())[0]).toEqual({ about: 'lead:1', status: 'open', reason: null, into: null });
});

test('a case that the rule no longer finds as it is set now is void because the rule changed, and open again when it is set back', async () => {
  const world = new JudgedWorld(database.pool, 8);
  world.configure();
  world.watermark(day(2, '09:00'));
  await world.judge();
  world.lead('1', day(2, '10:00'));
  world.plans('11', 'lead:1', day(2, '10:05'), day(20));
  world.watermark(day(2, '10:40'));
  await world.judge();
  const set = (parameters: Record<string, number>) =>
    world.decides({ type: 'RuleParametersSet', data: { ruleId: 'L01', parameters, by: 'nobody' } });
  const reasons = async () => {
    const { rows } = await database.pool.query<{ status: string; reason: string | null; resolved: boolean }>(
      `SELECT status, state -> 'episodes' -> -1 ->> 'voidReason' AS reason, resolved_at IS NOT NULL AS resolved
         FROM read.violation_case WHERE portal_id = $1`,
      [world.portal.portalId],
    );
    return rows;
  };
  await set({ minutes: 60 });
  await world.judge();
  expect(await reasons()).toEqual([{ status: 'void', reason: 'rule-changed', resolved: false }]);
  await set({ minutes: 20 });
  await world.judge();
  expect(await reasons()).toEqual([{ status: 'open', reason: null, resolved: false }]);
  // A late fact is another reason.
  world.writes('12', 'lead:1', day(2, '10:10'));
  world.watermark(day(2, '10:45'));
  await world.judge();
  expect(await reasons()).toEqual([{ status: 'void', reason: 'late-facts', resolved: false }]);
});

test('what the rule clock has not reached when it is known counts when it has', async () => {
  const world = new JudgedWorld(database.pool, 15);
  const from = day(2, '08:00');
  for (const ruleId of ['O01', 'O05']) {
    await world.decides({ type: 'RuleStatusSet', data: { ruleId, status: 'active', from, by: 'anna', reason: '' } });
  }
  world.configure();
  world.appears('user', '7', day(1, '09:00'), { active: true, departmentIds: [] });
  world.lead('1', day(2, '09:00'));
  world.plans('11', 'lead:1', day(2, '09:00'), day(60));
  world.watermark(day(2, '11:00'));
  await world.judge();
  world.configure(day(2, '12:00'), 'MEETING');
  world.changes('user', '7', day(2, '12:00'), { active: false });
  world.watermark(day(2, '11:30'));
  await world.judge();
  world.watermark(day(4, '12:00'));
  await world.judge();
  const opened = (await world.cases()).map((row) => [row['rule_id'], row['about'], row['started_at'], row['opens_at']]);
  expect(opened.filter(([ruleId]) => String(ruleId).startsWith('O'))).toEqual([
    ['O01', 'employee:7', new Date(day(2, '12:00')), new Date(day(2, '12:00'))],
    ['O05', 'pipelines:deal', new Date(day(2, '12:00')), new Date(day(3, '12:00'))],
  ]);
});
