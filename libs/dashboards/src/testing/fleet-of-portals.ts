/** A session of a database, as that of `pg` is one. */
interface Session {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

export interface FleetSize {
  portals: number;
  /** Deals of the first portal, which is as large as all others together. */
  deals: number;
  /** Instant at which the history ends; it goes back 180 days. */
  until: Date;
}

/** Ids by which the fleet is asked about. */
export interface SeededFleet {
  portalIds: string[];
  pipelineId: string;
  userIds: string[];
  /** `YYYY-MM` of its plans. */
  month: string;
}

/** Ids are made of their number, so that every run has the same. */
const portalIdOf = (portal: number): string => `018f0000-0000-7000-8000-${String(portal).padStart(12, '0')}`;

const userCount = 12;

/** Names as portals have them: with quotes, in Cyrillic, and as long as a field lets them be. */
export const hardNames = [`О'Нил "Звезда"`, 'Щукина', 'Я'.repeat(300)] as const;

/**
 * Fills the read models of a migrated database with the rows that a fleet of portals leaves in them: about twelve events a
 * deal went into such rows. They are written as the projections write them, by one statement a table.
 */
export async function seedFleet(database: Session, size: FleetSize): Promise<SeededFleet> {
  const until = size.until.toISOString();
  const month = until.slice(0, 7);
  const others = Math.max(1, Math.floor(size.deals / Math.max(1, size.portals - 1)));
  await database.query('DROP TABLE IF EXISTS pg_temp.fleet');
  await database.query(
    `CREATE TEMP TABLE fleet AS
       SELECT n AS portal, ('018f0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS portal_id, (n - 1) % 16 AS bucket,
              CASE n WHEN 1 THEN $2::int ELSE $3::int END AS deals, $4::timestamptz AS until, $5::text AS month
         FROM generate_series(1, $1::int) n`,
    [size.portals, size.deals, others, until, month],
  );
  for (const statement of statements) await database.query(statement);
  await database.query('DROP TABLE pg_temp.fleet');
  await database.query('ANALYZE');
  return {
    portalIds: Array.from({ length: size.portals }, (_, index) => portalIdOf(index + 1)),
    pipelineId: 'deal:0',
    userIds: Array.from({ length: userCount }, (_, index) => String(index + 1)),
    month,
  };
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A number from 0 that looks random and is the same in every run. */
const dice = (key: string, sides: number | string): string => `(hashint8(${key}) & 2147483647) % (${sides})`;

/** The fifth visit of every other deal is lost. */
const stageOf = (visit: string): string =>
  `(CASE WHEN ${visit} = 5 THEN CASE deal % 2 WHEN 0 THEN 'WON' ELSE 'LOSE' END
         ELSE (ARRAY['NEW', 'CALL', 'MEETING', 'OFFER'])[${visit}] END)`;
const kindOf = (visit: string): string =>
  `(CASE WHEN ${visit} = 5 THEN CASE deal % 2 WHEN 0 THEN 'S' ELSE 'F' END ELSE 'P' END)`;

const deals = `(SELECT fleet.*, n AS deal, until - make_interval(mins => (${dice('n * 7 + portal', 180 * 1440)})::int) AS created_at,
       1 + ${dice('n * 31 + portal', 5)} AS visits FROM fleet CROSS JOIN LATERAL generate_series(1, deals) n) deal`;

const statements: readonly string[] = [
  `INSERT INTO registry.portal (portal_id, bucket, host, origin, name, zone, currency, connection_state, credentials, created_at)
   SELECT portal_id, bucket, 'p' || portal || '.example.com', 'https://p' || portal || '.example.com',
          CASE portal WHEN 2 THEN ${literal(hardNames[0])} ELSE 'Клиент ' || portal END,
          (ARRAY['Europe/Moscow', 'Asia/Omsk', 'Europe/Berlin'])[1 + portal % 3], 'RUB',
          CASE portal % 10 WHEN 3 THEN 'failed' ELSE 'connected' END, '', until - interval '180 days' FROM fleet`,
  `INSERT INTO capture.status (portal_id, bucket, phase, last_tick_at, through, lag_seconds, limiter, updated_at)
   SELECT portal_id, bucket, 'live', until - make_interval(secs => portal * 40),
          json_build_object('deal', until - make_interval(secs => portal * 60), 'activity', until), 1.5,
          json_build_object('profile', 'standard', 'level', portal * 3 % 48, 'capacity', 48, 'inFlight', 1,
            'waiting', json_build_object('live', 0, 'backfill', portal), 'sent', portal * 1000, 'refused', portal % 3,
            'operating', json_build_array(json_build_object('method', 'crm.deal.list', 'seconds', portal * 20, 'pausedForMs', 0))),
          until FROM fleet`,
  `INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
   SELECT bucket, portal_id, until - make_interval(days => n, hours => portal), (until - make_interval(days => n))::date, 'all',
          json_build_object('deal', deals, 'lead', 10), json_build_object('deal', deals, 'lead', 10), (n = 3 AND portal = 4)::int
     FROM fleet CROSS JOIN generate_series(0, 89) n`,
  `INSERT INTO capture.backfill_progress (bucket, portal_id, listing, ordinal, done, total, state)
   SELECT bucket, portal_id, listing, 1, deals, deals, 'done' FROM fleet CROSS JOIN unnest('{deal,lead,activity}'::text[]) listing`,
  `INSERT INTO judge.progress (portal_id, bucket, position, clock, frozen_code)
   SELECT portal_id, bucket, 1, until, CASE portal % 10 WHEN 5 THEN 'CALENDAR_MISSING' END FROM fleet`,
  `INSERT INTO read.pipeline (bucket, portal_id, pipeline_id, kind, name, sort, is_default, is_removed, last_position)
   SELECT bucket, portal_id, 'deal:' || n, 'deal', 'Воронка ' || n, n + 1, n = 0, false, 1 FROM fleet CROSS JOIN generate_series(0, 1) n
   UNION ALL
   SELECT bucket, portal_id, 'lead:0', 'lead', 'Лиды', 0, true, false, 1 FROM fleet`,
  `INSERT INTO read.pipeline_stage (bucket, portal_id, pipeline_id, stage_id, name, sort, place, semantics, color, is_removed)
   SELECT bucket, portal_id, 'deal:' || p, stage_id, 'Стадия ' || stage_id, place * 10, place,
          CASE stage_id WHEN 'WON' THEN 'S' WHEN 'LOSE' THEN 'F' ELSE 'P' END::"char", NULL, false
     FROM fleet CROSS JOIN generate_series(0, 1) p
    CROSS JOIN unnest('{NEW,CALL,MEETING,OFFER,CONTRACT,WON,LOSE}'::text[]) WITH ORDINALITY AS stage (stage_id, place)`,
  `INSERT INTO read.person (bucket, portal_id, user_id, name, last_name, is_active, department_ids, last_position)
   SELECT bucket, portal_id, n::text, 'Анна', CASE n WHEN 1 THEN ${literal(hardNames[0])} WHEN 2 THEN ${literal(hardNames[1])}
          WHEN 3 THEN ${literal(hardNames[2])} ELSE 'Продавец ' || n END, n < ${userCount}, '{1}', 1
     FROM fleet CROSS JOIN generate_series(1, ${userCount}) n`,
  `INSERT INTO read.stage_visit (bucket, portal_id, kind, object_id, sequence, pipeline_id, stage_id, semantics, entered_at, left_at,
       previous_pipeline_id, previous_stage_id, next_pipeline_id, next_stage_id, is_first_entry, is_first_in_pipeline, provenance, event_id)
   SELECT bucket, portal_id, 'deal', deal::text, n - 1, 'deal:0', ${stageOf('n')}, ${kindOf('n')}::"char",
          created_at + make_interval(hours => (n - 1) * 30), CASE WHEN n < visits THEN created_at + make_interval(hours => n * 30) END,
          CASE WHEN n > 1 THEN 'deal:0' END, CASE WHEN n > 1 THEN ${stageOf('n - 1')} END,
          CASE WHEN n < visits THEN 'deal:0' END, CASE WHEN n < visits THEN ${stageOf('n + 1')} END, true, n = 1, 'observed',
          '018f0000-0000-7000-8000-000000000000'
     FROM ${deals} CROSS JOIN LATERAL generate_series(1, visits) n`,
  `INSERT INTO read.funnel_object (bucket, portal_id, kind, object_id, state, owner_id, amount_kopecks, currency, version_from,
       created_at, modified_at, pipeline_id, stage_id, visit_count, last_position)
   SELECT bucket, portal_id, 'deal', deal::text, CASE deal % 200 WHEN 7 THEN 'deleted' ELSE 'present' END,
          CASE deal % 50 WHEN 0 THEN NULL ELSE (1 + deal % ${userCount})::text END, 100000 * (1 + deal % 90),
          CASE deal % 97 WHEN 0 THEN 'USD' ELSE 'RUB' END, '-infinity', created_at, created_at, 'deal:0', ${stageOf('visits')}, visits, deal
     FROM ${deals}`,
  `INSERT INTO read.configuration_change (bucket, portal_id, position, ordinal, occurred_at, pipeline_id, stage_id, change, before, after)
   SELECT bucket, portal_id, n, 0, until - make_interval(days => n * 9), 'deal:0', 'CALL', 'stage-renamed', 'Звонок', 'Разговор'
     FROM fleet CROSS JOIN generate_series(1, 12) n`,
  `INSERT INTO read.violation_case (bucket, portal_id, case_id, rule_id, rule_version, severity, mode, status, verdict, verdict_at,
       subject, about, responsible, owner_id, started_at, opens_at, due_at, recorded_at, is_snoozed, is_inhibited, item_count, opened,
       state, version, last_position)
   SELECT bucket, portal_id, ('00000000-0000-4000-8000-' || lpad((portal * 10000000 + deal)::text, 12, '0'))::uuid,
          (ARRAY['L01', 'D08', 'D02', 'A03', 'T01'])[1 + deal % 5], 1, 'S' || (1 + deal % 3), CASE deal % 11 WHEN 0 THEN 'shadow' ELSE 'active' END,
          CASE WHEN deal % 20 = 0 THEN 'open' WHEN deal % 33 = 0 THEN 'disputed' ELSE 'closed' END,
          CASE WHEN deal % 20 = 0 THEN NULL WHEN deal % 7 = 0 THEN 'false' ELSE 'real' END,
          CASE WHEN deal % 20 = 0 THEN NULL ELSE created_at + interval '5 hours' END,
          'deal:' || deal, 'deal:' || deal, (1 + deal % ${userCount})::text, (1 + deal % ${userCount})::text, created_at, created_at,
          created_at + make_interval(hours => 4 + (deal % 5)::int), created_at, false, false, 0, '{}', '{}', 1, deal
     FROM ${deals} WHERE deal % 2 = 0`,
  `INSERT INTO read.case_entry (bucket, portal_id, case_id, version, type, occurred_at, recorded_at, event_id, data)
   SELECT bucket, portal_id, case_id, 2, 'FeedbackSent', verdict_at, verdict_at, '018f0000-0000-7000-8000-000000000000', '{}'
     FROM read.violation_case WHERE verdict = 'real'`,
  `INSERT INTO judge.checks (bucket, portal_id, rule_id, person, week, checks)
   SELECT bucket, portal_id, rule_id, n::text, date_trunc('week', until - make_interval(weeks => w))::date, 40 + n
     FROM fleet CROSS JOIN generate_series(1, ${userCount}) n CROSS JOIN generate_series(0, 25) w
    CROSS JOIN unnest('{L01,D08,D02,A03,T01}'::text[]) rule_id`,
  `INSERT INTO published.run (bucket, portal_id, as_of, published_at, position, seconds)
   SELECT bucket, portal_id, until, until, 1, 0.1 FROM fleet`,
  `INSERT INTO published.plan_money (bucket, portal_id, month, plan_id, plan_name, team_id, user_id, sold_kopecks, target_kopecks,
       currency, elapsed, working_days, days_left)
   SELECT bucket, portal_id, month, portal_id, 'План ' || portal, '1', CASE n WHEN 0 THEN '' ELSE n::text END, 40000000 * (1 + portal % 3),
          80000000, 'RUB', 0.5, 21, 10 FROM fleet CROSS JOIN generate_series(0, ${userCount}) n`,
  `INSERT INTO published.pace (bucket, portal_id, month, plan_id, plan_name, place, user_id, indicator_id, indicator_ru, indicator_en,
       norm, done, today, due, to_go, per_day, run_rate, chance)
   SELECT bucket, portal_id, month, portal_id, 'План ' || portal, place, CASE n WHEN 0 THEN '' ELSE n::text END, indicator_id,
          indicator_id, indicator_id, 100, 20 + portal * 3, 2, 50, greatest(80 - portal * 3, 0), 5, 60, 0.4
     FROM fleet CROSS JOIN generate_series(0, ${userCount}) n
    CROSS JOIN unnest('{contacts,meetings,proposals,""}'::text[]) WITH ORDINALITY AS indicator (indicator_id, place)`,
  `INSERT INTO published.pace_day (bucket, portal_id, month, plan_id, place, day, due, done, due_kopecks, sold_kopecks)
   SELECT bucket, portal_id, month, portal_id, 4, (month || '-01')::date + n, n * 3.3, CASE WHEN n < 15 THEN n * 3 END, n * 2600000,
          CASE WHEN n < 15 THEN n * 2500000 END FROM fleet CROSS JOIN generate_series(0, 29) n`,
  `INSERT INTO published.score (bucket, portal_id, month, user_id, scheme_id, version, points, target, ratio, reached, next_threshold, points_missing)
   SELECT bucket, portal_id, month, n::text, portal_id, 1, 300 + n * 40, 890, (300 + n * 40) / 890.0, NULL, 0.9, 500 - n * 40
     FROM fleet CROSS JOIN generate_series(1, ${userCount}) n`,
  `INSERT INTO published.score_threshold (bucket, portal_id, month, scheme_id, version, from_ratio)
   SELECT bucket, portal_id, month, portal_id, 1, bound FROM fleet CROSS JOIN unnest('{0.5,0.9,1}'::float8[]) bound`,
];
