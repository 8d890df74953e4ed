import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { queueLoads, queueLoadsQuery } from './queue-load.js';
import { QueueReader } from './queue-reader.js';

let database: CurationDatabase;
let busy: JudgedWorld;
let quiet: JudgedWorld;
beforeAll(async () => {
  database = await curationDatabase();
  [busy, quiet] = [new JudgedWorld(database.pool, 21), new JudgedWorld(database.pool, 22)];
  for (const world of [busy, quiet]) {
    world.configure();
    world.watermark(day(1, '12:00'));
    await world.judge();
  }
  for (let lead = 1; lead <= 8; lead += 1) busy.lead(String(lead), day(2, '10:00'), String(6 + (lead % 2)));
  busy.watermark(day(2, '14:00'));
  await busy.judge();
});
afterAll(() => database.close());

const loads = () => queueLoads(database.pool, [busy.portal, quiet.portal]);
const change = (what: string, ...values: unknown[]) =>
  database.pool.query(`UPDATE read.violation_case SET ${what} AND portal_id = $1`, [busy.portal.portalId, ...values]);

/** What the queue itself says. */
async function expected() {
  return Promise.all(
    [busy, quiet].map(async ({ portal }) => {
      const { lanes, overdue } = await new QueueReader(database.pool).summary(portal);
      return { portalId: portal.portalId, open: lanes.queue, overdue };
    }),
  );
}

test('every portal is told, and one without a case has none', async () => {
  const [ofBusy, ofQuiet] = await loads();
  expect(ofBusy?.open).toBeGreaterThanOrEqual(8);
  expect(ofQuiet).toEqual({ portalId: quiet.portal.portalId, open: 0, overdue: 0, oldestOverdueSeconds: 0 });
  expect(await queueLoads(database.pool, [])).toEqual([]);
});

test('what is not for curators now is left out, as in the queue itself', async () => {
  const before = (await loads())[0]?.open ?? 0;
  await change(`due_at = now() - interval '2 hours' WHERE rule_id = 'L01'`);
  await change(`due_at = now() + interval '2 hours' WHERE rule_id <> 'L01'`);
  await change(`is_snoozed = true WHERE rule_id = 'L01' AND about = 'lead:1'`);
  await change(`is_inhibited = true WHERE rule_id = 'L01' AND about = 'lead:2'`);
  await change(`status = 'closed' WHERE rule_id = 'L01' AND about = 'lead:3'`);
  await change(`mode = 'baseline' WHERE rule_id = 'L01' AND about = 'lead:4'`);
  await database.pool.query(
    `UPDATE read.discipline SET settings = jsonb_set(settings::jsonb, '{silences}', $2::jsonb)::json WHERE portal_id = $1`,
    [
      busy.portal.portalId,
      JSON.stringify([
        { ruleId: 'L01', userId: '', about: 'lead:5', until: '2999-01-01T00:00:00Z' },
        { ruleId: '', userId: '', about: '', until: '2020-01-01T00:00:00Z' },
      ]),
    ],
  );
  const found = await loads();
  expect(found).toMatchObject(await expected());
  expect(found[0]).toMatchObject({ open: before - 5, overdue: 3 });
  expect(found[0]?.oldestOverdueSeconds).toBeGreaterThanOrEqual(7200);
  expect(found[0]?.oldestOverdueSeconds).toBeLessThan(7800);
});

test('a long past of closed cases is not looked at', async () => {
  await database.pool.query(
    `INSERT INTO curation_v1.violation_case
     SELECT made.*
       FROM (SELECT to_jsonb(row) AS row FROM read.violation_case row WHERE portal_id = $1 LIMIT 1) AS known
      CROSS JOIN generate_series(1, 20000) AS number
      CROSS JOIN LATERAL jsonb_populate_record(NULL::curation_v1.violation_case, known.row || jsonb_build_object(
                           'case_id', gen_random_uuid(), 'status', 'closed', 'item_count', number)) AS made`,
    [busy.portal.portalId],
  );
  await database.pool.query('ANALYZE');
  const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${queueLoadsQuery}`, [
    [busy.portal.bucket],
    [busy.portal.portalId],
  ]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('violation_case');
  expect(plan).not.toContain('Seq Scan on violation_case');
  expect(await loads()).toMatchObject(await expected());
});
