import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AlertFile, type AlertRule, catalogueOf, queriesOfAlerts } from '@funnelwatch/dashboards';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import pg from 'pg';

let database: TestDatabase;
let owner: pg.Client;
let grafana: pg.Client;

const well = '018f0000-0000-7000-8000-000000000001';
const ill = '018f0000-0000-7000-8000-000000000002';

beforeAll(async () => {
  database = await createTestDatabase({ migrations: productMigrations });
  owner = new pg.Client({ connectionString: database.url });
  grafana = new pg.Client({ connectionString: database.urlAs('grafana') });
  await owner.connect();
  await grafana.connect();
}, 120_000);
afterAll(async () => {
  await owner?.end();
  await grafana?.end();
  await database?.drop();
});

const rules = catalogueOf('en').alerts.map(({ rule }) => rule as unknown as AlertRule);
const ruleOf = (uid: string) => rules.find((rule) => rule.uid === uid)!;

/** Labels of what a rule fires for: figures beyond its threshold. */
async function firing(rule: AlertRule): Promise<string[]> {
  const [query] = queriesOfAlerts({ groups: [{ rules: [rule] }] } as unknown as AlertFile);
  const condition = rule.data.find(({ refId }) => refId === 'C')?.model as {
    conditions: { evaluator: { type: string; params: number[] } }[];
  };
  const { type, params } = condition.conditions[0]!.evaluator;
  expect(type).toBe('gt');
  const { rows } = await grafana.query<{ portal_id: string; subject: string; value: number }>(query?.text ?? '');
  return rows.filter(({ value }) => value > params[0]!).map(({ portal_id, subject }) => portal_id || subject);
}

/** Two portals of which nothing is beyond its bound. */
async function plantHealthy(): Promise<void> {
  await owner.query(`TRUNCATE registry.portal, capture.status, capture.certificate, capture.visibility_loss, capture.backfill_progress,
    judge.progress, published.run, published.plan_money, published.pace, writeback.message, log.quarantine, log.checkpoint, log.counter CASCADE`);
  await owner.query('DELETE FROM read.violation_case');
  await owner.query(`
    INSERT INTO registry.portal (portal_id, bucket, host, origin, name, connection_state, credentials)
    SELECT id::uuid, 3, id, 'https://' || id, 'Client ' || right(id, 1), 'connected', '' FROM unnest(ARRAY['${well}', '${ill}']) id;
    INSERT INTO capture.status (portal_id, bucket, phase, last_tick_at, through, updated_at)
    SELECT portal_id, 3, 'live', now() - interval '899 seconds', '{}', now() FROM registry.portal;
    INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
    SELECT 3, portal_id, now() - interval '25 hours 59 minutes', current_date, 'all', '{}', '{}', 0 FROM registry.portal;
    INSERT INTO judge.progress (portal_id, bucket) SELECT portal_id, 3 FROM registry.portal;
    INSERT INTO published.run (bucket, portal_id, as_of, published_at) SELECT 3, portal_id, now(), now() - interval '9 minutes' FROM registry.portal;
    INSERT INTO log.counter (bucket, "position") VALUES (3, 5) ON CONFLICT (bucket) DO UPDATE SET "position" = 5;
    INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ('funnel', 3, 5)`);
}

const caseOf = (dueIn: string, openedAgo: string) => `
  INSERT INTO read.violation_case (bucket, portal_id, case_id, rule_id, rule_version, severity, mode, status, subject, about, started_at,
    opens_at, due_at, recorded_at, is_snoozed, is_inhibited, item_count, opened, state, version, last_position)
  SELECT 3, '${ill}', gen_random_uuid(), 'D08', 1, 'S1', 'active', 'open', 'deal:1', 'deal:1', now(), now(), now() + interval '${dueIn}',
         now() - interval '${openedAgo}', false, false, 0, '{}', '{}', 1, 1`;
const plan = (toGo: number) => `
  INSERT INTO published.plan_money (bucket, portal_id, month, plan_id, plan_name, team_id, user_id, sold_kopecks, target_kopecks, currency,
    elapsed, working_days, days_left)
  SELECT 3, '${ill}', to_char(now() AT TIME ZONE 'Europe/Moscow', 'YYYY-MM'), '${ill}', 'Plan', '1', '', 0, 100, 'RUB', 0.5, 20, 10;
  INSERT INTO published.pace (bucket, portal_id, month, plan_id, plan_name, place, user_id, indicator_id, indicator_ru, indicator_en, norm,
    done, today, due, to_go)
  SELECT 3, '${ill}', to_char(now() AT TIME ZONE 'Europe/Moscow', 'YYYY-MM'), '${ill}', 'Plan', 1, '', '', '', '', 100, 10, 0, 0, ${toGo}`;
const message = (age: string) => `
  INSERT INTO writeback.message (bucket, portal_id, message_id, channel, recipient_id, about_kind, about_id, purpose, sealed_text, marker,
    not_before, next_attempt_at, created_at)
  SELECT 3, '${ill}', gen_random_uuid(), 'task', '1', 'deal', '1', 'x', '', 'm', now(), now() - interval '${age}', now()`;
const status = (what: string) => `UPDATE capture.status SET ${what} WHERE portal_id = '${ill}'`;
const certified = (ago: string) =>
  `UPDATE capture.certificate SET certified_at = now() - interval '${ago}' WHERE portal_id = '${ill}'`;
const quarantined = (ago: string) => `
  INSERT INTO log.quarantine (projection, bucket, "position", portal_id, stream_id, event_id, event_type, schema_version, status, reason_code,
    first_failed_at)
  VALUES ('funnel', 3, 4, '${ill}', 'deal:1', gen_random_uuid(), 'DealChanged', 1, 'poison', 'X', now() - interval '${ago}')`;

/** For each rule what makes it fire, and what comes as near as can be without. */
const fixtures: Record<string, { fires: string; silent: string | null; for?: string }> = {
  'fw-ingestion-lag-high': {
    fires: status(`last_tick_at = now() - interval '902 seconds'`),
    silent: status(`last_tick_at = now() - interval '895 seconds'`),
  },
  'fw-ingestion-lag-high-critical': {
    fires: status(`last_tick_at = now() - interval '3602 seconds'`),
    silent: status(`last_tick_at = now() - interval '3595 seconds'`),
  },
  'fw-ingestion-stalled': {
    fires: `UPDATE registry.portal SET connection_at = now() - interval '1 day', created_at = now() - interval '1 day'; ${status(`updated_at = now() - interval '302 seconds'`)}`,
    silent: status(`updated_at = now() - interval '295 seconds'`),
  },
  'fw-portal-auth-broken': {
    fires: `UPDATE registry.portal SET connection_state = 'failed' WHERE portal_id = '${ill}'`,
    silent: `UPDATE registry.portal SET connection_state = 'connecting' WHERE portal_id = '${ill}'`,
  },
  'fw-certificate-old': { fires: certified('26 hours 1 minute'), silent: certified('25 hours 59 minutes') },
  'fw-certificate-old-critical': { fires: certified('50 hours 1 minute'), silent: certified('49 hours 59 minutes') },
  'fw-records-unexplained': {
    fires: `UPDATE capture.certificate SET unexplained = 1 WHERE portal_id = '${ill}'`,
    silent: null,
  },
  'fw-visibility-lost': {
    fires: `INSERT INTO capture.visibility_loss (bucket, portal_id, kind, held, missing, since) VALUES (3, '${ill}', 'deal', 100, 30, now())`,
    silent: null,
  },
  'fw-rule-clock-frozen': {
    fires: `UPDATE judge.progress SET frozen_code = 'X' WHERE portal_id = '${ill}'`,
    silent: null,
  },
  'fw-violation-sla-breach': { fires: caseOf('-1 minute', '1 day'), silent: caseOf('1 minute', '1 day') },
  'fw-violation-sla-near': { fires: caseOf('24 minutes', '76 minutes'), silent: caseOf('26 minutes', '74 minutes') },
  'fw-plan-at-risk': { fires: plan(16), silent: plan(15) },
  'fw-figures-stale': {
    fires: `UPDATE published.run SET published_at = now() - interval '602 seconds' WHERE portal_id = '${ill}'`,
    silent: `UPDATE published.run SET published_at = now() - interval '595 seconds' WHERE portal_id = '${ill}'`,
  },
  'fw-outbox-overdue': { fires: message('3602 seconds'), silent: message('3595 seconds') },
  'fw-read-model-stale': { fires: lagging('62 seconds'), silent: lagging('55 seconds'), for: 'funnel:3' },
  'fw-read-model-stale-critical': { fires: lagging('602 seconds'), silent: lagging('595 seconds'), for: 'funnel:3' },
  'fw-read-model-stopped': {
    fires: `UPDATE log.checkpoint SET status = 'stopped'`,
    silent: null,
    for: 'funnel:3',
  },
  'fw-quarantine-old': { fires: quarantined('1 second'), silent: null },
  'fw-quarantine-old-critical': { fires: quarantined('3602 seconds'), silent: quarantined('3595 seconds') },
};

/** An event that waits for its read model for so long. */
function lagging(age: string): string {
  return `ALTER TABLE log.event DISABLE TRIGGER ALL; DELETE FROM log.event;
    INSERT INTO log.event (bucket, "position", portal_id, stream_id, version, event_id, body, digest, hash, recorded_at)
    SELECT 3, 5, '${ill}', 'deal:1', 1, gen_random_uuid(), '{}', '', '', now() - interval '${age}';
    UPDATE log.checkpoint SET "position" = 4`;
}

test('every rule has a figure that makes it fire', () => {
  expect(rules.map(({ uid }) => uid).sort()).toEqual(Object.keys(fixtures).sort());
});

test.each(Object.entries(fixtures))(
  '%s fires for what is beyond its bound alone',
  async (uid, { fires, silent, for: whom = ill }) => {
    await plantHealthy();
    expect(await firing(ruleOf(uid))).toEqual([]);
    if (silent !== null) {
      await owner.query(silent);
      expect(await firing(ruleOf(uid))).toEqual([]);
      await plantHealthy();
    }
    await owner.query(fires);
    expect(await firing(ruleOf(uid))).toEqual([whom]);
  },
);

test('a portal that was never read or certified is told of by its age since it was connected', async () => {
  await plantHealthy();
  await owner.query(`DELETE FROM capture.certificate; UPDATE capture.status SET last_tick_at = NULL;
    UPDATE registry.portal SET created_at = now() - interval '3 days' WHERE portal_id = '${ill}'`);
  expect(await firing(ruleOf('fw-ingestion-lag-high'))).toEqual([ill]);
  expect(await firing(ruleOf('fw-certificate-old'))).toEqual([ill]);
});

test('two portals beyond a bound are two alerts, each with its name; where there is nothing, nothing fires', async () => {
  await plantHealthy();
  await owner.query(`UPDATE registry.portal SET connection_state = 'failed'`);
  expect((await firing(ruleOf('fw-portal-auth-broken'))).sort()).toEqual([well, ill]);
  // What is broken is expected to be late: one cause, one alert.
  await owner.query(`UPDATE capture.status SET last_tick_at = now() - interval '1 day'`);
  expect(await firing(ruleOf('fw-ingestion-lag-high'))).toEqual([]);
  await owner.query('TRUNCATE registry.portal CASCADE');
  for (const rule of rules.filter(({ uid }) => !uid?.startsWith('fw-read-model')))
    expect(await firing(rule)).toEqual([]);
});
