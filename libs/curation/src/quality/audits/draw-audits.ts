import type { EventLog } from '@funnelwatch/event-log';
import { DateTime } from 'luxon';
import type { Pool } from 'pg';
import { derivedUuid } from '../../judge/case-ids.js';
import type { JudgedPortal } from '../../judge/judge-portal.js';
import { type QualityState, usualQuality } from '../settings/quality-state.js';
import { type AuditDrawnData, auditStream } from './audit-events.js';
import type { AuditedKind } from './checklist.js';
import { type Auditable, drawSample } from './sampling-plan.js';
import { ownEvent } from '../../own-events/own-event.js';

/** The week before the one in which an instant lies, Monday to Monday in a zone. */
export function weekBefore(at: Date, zone: string): { week: string; from: Date; to: Date } {
  const to = DateTime.fromJSDate(at, { zone }).startOf('week');
  const from = to.minus({ weeks: 1 });
  return { week: from.toFormat('yyyy-MM-dd'), from: from.toJSDate(), to: to.toJSDate() };
}

/**
 * Draws the audits of the last week that the portal's facts cover to its end, once. Returns how many it drew. Two
 * programs that do this at once draw the same, and each audit is there once.
 */
export async function drawAudits(
  { pool, log, key }: { pool: Pool; log: EventLog; key: Buffer },
  portal: JudgedPortal,
): Promise<number> {
  const place = [portal.bucket, portal.portalId];
  const { rows: clocks } = await pool.query<{ clock: Date | null }>(
    'SELECT clock FROM judge.progress WHERE bucket = $1 AND portal_id = $2',
    place,
  );
  const clock = clocks[0]?.clock;
  if (!clock) return 0;
  const { week, from, to } = weekBefore(clock, portal.hours.zone);
  const { rows: drawn } = await pool.query(
    'SELECT FROM read.audit WHERE bucket = $1 AND portal_id = $2 AND week = $3 LIMIT 1',
    [...place, week],
  );
  if (drawn.length > 0) return 0;
  const { rows: decided } = await pool.query<{ state: QualityState }>(
    'SELECT state FROM read.quality WHERE bucket = $1 AND portal_id = $2',
    place,
  );
  const { auditsPerSeller: each, checklists } = decided[0]?.state ?? usualQuality;
  const candidates = await auditable(pool, portal, from, to);
  const sample = drawSample(candidates, { key, portalId: portal.portalId, week, each });
  const audits = sample.flatMap((one): AuditDrawnData[] => {
    const checklist = checklists[one.kind];
    if (!checklist) return [];
    const { checklistId, version } = checklist;
    const auditId = derivedUuid(`${portal.portalId}|audit|${week}|${one.seller}|${one.about}`);
    return [{ auditId, week, ...one, checklistId, checklistVersion: version }];
  });
  if (audits.length === 0) return 0;
  const occurredAt = to.toISOString();
  await log.append(
    portal,
    audits.map((data) => {
      const streamId = auditStream(data.auditId);
      const told = { streamId, occurredAt, identity: 'drawn', actor: 'system' } as const;
      return { streamId, expected: 'any' as const, events: [ownEvent(portal, told, { type: 'AuditDrawn', data })] };
    }),
    { duplicates: 'skip' },
  );
  return audits.length;
}

/** Calls and meetings that were finished, and deals that were closed, by who was responsible. */
async function auditable(pool: Pool, portal: JudgedPortal, from: Date, to: Date): Promise<Auditable[]> {
  const { rows } = await pool.query<{ seller: string; kind: AuditedKind; about: string; happened_at: Date }>(
    `WITH done AS (
       SELECT stream_id, min(occurred_at) AS happened_at, kind FROM read.rule_fact
        WHERE bucket = $1 AND portal_id = $2 AND occurred_at >= $3 AND occurred_at < $4
          AND (kind = 'activity' AND (data -> 'fields' ->> 'completed' = 'true'
                                      OR data -> 'changes' -> 'completed' ->> 'after' = 'true')
               OR kind = 'deal' AND verb = 'StageMoved' AND data ->> 'semantics' IN ('S', 'F'))
        GROUP BY stream_id, kind
     ), named AS (
       SELECT done.stream_id, done.happened_at,
              CASE WHEN done.kind = 'deal' THEN 'deal' ELSE
                CASE (SELECT coalesce(data -> 'fields' ->> 'activityType', data -> 'changes' -> 'activityType' ->> 'after')
                        FROM read.rule_fact fact
                       WHERE fact.bucket = $1 AND fact.portal_id = $2 AND fact.stream_id = done.stream_id
                         AND coalesce(data -> 'fields' ->> 'activityType', data -> 'changes' -> 'activityType' ->> 'after')
                             IS NOT NULL
                       ORDER BY fact.position DESC LIMIT 1)
                  WHEN '2' THEN 'call' WHEN '1' THEN 'meeting' END
              END AS kind,
              (SELECT coalesce(data -> 'fields' ->> field, data -> 'changes' -> field ->> 'after')
                 FROM read.rule_fact fact,
                      (SELECT CASE WHEN done.kind = 'deal' THEN 'ownerId' ELSE 'responsibleId' END AS field) AS named
                WHERE fact.bucket = $1 AND fact.portal_id = $2 AND fact.stream_id = done.stream_id
                  AND fact.occurred_at <= done.happened_at
                  AND coalesce(data -> 'fields' ->> field, data -> 'changes' -> field ->> 'after') IS NOT NULL
                ORDER BY fact.occurred_at DESC, fact.position DESC LIMIT 1) AS seller
         FROM done
     )
     SELECT seller, kind, stream_id AS about, happened_at FROM named
      WHERE seller IS NOT NULL AND kind IS NOT NULL ORDER BY stream_id`,
    [portal.bucket, portal.portalId, from, to],
  );
  return rows.map(({ happened_at: happenedAt, ...row }) => ({ ...row, happenedAt: happenedAt.toISOString() }));
}
