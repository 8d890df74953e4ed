import { PortalRegistry, type RegisteredPortal } from '@funnelwatch/portals';
import type { Pool } from 'pg';

export interface WatchedPortals {
  /** Read well until a while ago, and everything that can go wrong since has. */
  troubled: RegisteredPortal;
  /** Nothing is wrong with it. */
  healthy: RegisteredPortal;
  /** Does not accept its webhook. */
  broken: RegisteredPortal;
}

/** Rows of capture, curation, the outbox and published figures, as their owners would have written them. */
export async function plantWatchedPortals(pool: Pool, masterKey: Buffer): Promise<WatchedPortals> {
  const registry = new PortalRegistry(pool, masterKey, 16);
  const register = (name: string, host: string) =>
    registry.register({ webhookUrl: `https://${host}.bitrix24.ru/rest/1/abcdefgh12345678/`, name });
  const troubled = await register('Ромашка', 'romashka');
  const healthy = await register('Лотос', 'lotos');
  const broken = await register('Василёк', 'vasilek');
  for (const portal of [troubled, healthy]) await plantCalm(pool, portal);
  await pool.query(`UPDATE registry.portal SET connection_state = 'connected' WHERE portal_id <> $1`, [
    broken.portalId,
  ]);
  await pool.query(
    `UPDATE registry.portal SET connection_state = 'failed', connection_code = 'TOKEN_EXPIRED',
            created_at = now() - interval '3 days' WHERE portal_id = $1`,
    [broken.portalId],
  );
  await pool.query('INSERT INTO published.run (bucket, portal_id, published_at) VALUES ($1, $2, now())', [
    broken.bucket,
    broken.portalId,
  ]);
  for (const statement of troubles) await pool.query(statement, [troubled.bucket, troubled.portalId]);
  return { troubled, healthy, broken };
}

async function plantCalm(pool: Pool, { bucket, portalId }: RegisteredPortal): Promise<void> {
  for (const statement of calm) await pool.query(statement, [bucket, portalId]);
}

const limiter = JSON.stringify({
  ...{ profile: 'standard', level: 30.5, capacity: 50, inFlight: 2, waiting: { live: 3, backfill: 4 } },
  ...{ sent: 1200, refused: 5 },
  operating: [
    { method: 'crm.deal.list', seconds: 120, pausedForMs: 0 },
    { method: 'crm.item.list', seconds: 400.5, pausedForMs: 30_000 },
  ],
});

const calm = [
  `INSERT INTO capture.status (bucket, portal_id, phase, last_tick_at, through, limiter)
   VALUES ($1, $2, 'live', now(), json_build_object('deals', now(), 'leads', now() - interval '2 minutes'), '${limiter}')`,
  `INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
   VALUES ($1, $2, now() - interval '1 hour', '2026-03-01', 'all', '{"deal": 40, "lead": 60}', '{"deal": 40, "lead": 60}', 0)`,
  `INSERT INTO published.run (bucket, portal_id, as_of, published_at) VALUES ($1, $2, now(), now())`,
];

const violation = (about: string, due: string) => `
  INSERT INTO curation_v1.violation_case (bucket, portal_id, case_id, rule_id, rule_version, severity, mode, status,
         subject, about, started_at, opens_at, due_at, recorded_at, is_snoozed, is_inhibited, item_count, opened, state,
         version, last_position)
  VALUES ($1, $2, gen_random_uuid(), 'D08', 1, 'S2', 'active', 'open', '${about}', '${about}', now(), now(),
          now() + interval '${due}', now() - interval '9 hours', false, false, 1, '{}', '{}', 1, 1)`;

const message = (channel: string, state: string, due: string) => `
  INSERT INTO writeback.message (bucket, portal_id, message_id, channel, recipient_id, about_kind, about_id, purpose,
         sealed_text, marker, not_before, state, next_attempt_at, created_at)
  VALUES ($1, $2, gen_random_uuid(), '${channel}', '4', 'case', '1', 'feedback', 'sealed', gen_random_uuid()::text, now(),
          '${state}', now() - interval '${due}', now())`;

const month = `to_char(now() AT TIME ZONE 'Europe/Moscow', 'YYYY-MM')`;
const plan = `'018f0000-0000-7000-8000-000000000001'`;

const troubles = [
  `UPDATE capture.status SET last_tick_at = now() - interval '20 minutes' WHERE bucket = $1 AND portal_id = $2`,
  `UPDATE capture.certificate SET certified_at = now() - interval '60 hours', held = '{"deal": 40, "lead": 57}',
          unexplained = 3 WHERE bucket = $1 AND portal_id = $2`,
  `INSERT INTO capture.visibility_loss (bucket, portal_id, kind, held, missing, since)
   VALUES ($1, $2, 'deal', 40, 30, now())`,
  `INSERT INTO judge.progress (bucket, portal_id, frozen_code) VALUES ($1, $2, 'FACT_QUARANTINED')`,
  violation('deal:1', '-1 hour'),
  violation('deal:2', '1 hour'),
  violation('deal:3', '90 hours'),
  `INSERT INTO published.pace (bucket, portal_id, month, plan_id, plan_name, place, user_id, indicator_id, indicator_ru,
          indicator_en, norm, done, today, due, to_go)
   VALUES ($1, $2, ${month}, ${plan}, 'Отдел продаж', 3, '', '', 'Продажи', 'Sales', 15, 5, 0, 7.5, 10)`,
  `INSERT INTO published.plan_money (bucket, portal_id, month, plan_id, plan_name, team_id, user_id, sold_kopecks,
          target_kopecks, currency, elapsed, working_days, days_left)
   VALUES ($1, $2, ${month}, ${plan}, 'Отдел продаж', '', '', 500, 1500, 'RUB', 0.5, 20, 10)`,
  `UPDATE published.run SET published_at = now() - interval '15 minutes' WHERE bucket = $1 AND portal_id = $2`,
  message('task', 'waiting', '2 hours'),
  message('task', 'refused', '3 hours'),
  message('notification', 'held', '4 hours'),
  `INSERT INTO log.checkpoint (projection, bucket, "position", status, stopped_at, error_code)
   VALUES ('funnel', $1, 5, 'stopped', 6, CASE WHEN $2::uuid IS NOT NULL THEN 'CHECKPOINT_AHEAD_OF_LOG' END)`,
  `INSERT INTO log.quarantine (projection, bucket, "position", portal_id, stream_id, event_id, event_type, schema_version,
          status, reason_code, attempts, first_failed_at)
   VALUES ('funnel', $1, 1, $2, 'deal:1', gen_random_uuid(), 'DealChanged', 1, 'poison', 'EVENT_UNDECODABLE', 1,
           now() - interval '2 hours')`,
];
