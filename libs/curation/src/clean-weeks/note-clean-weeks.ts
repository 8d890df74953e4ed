import type { EventLog } from '@funnelwatch/event-log';
import { DateTime } from 'luxon';
import type { Pool } from 'pg';
import type { DisciplineSettings } from '../cases/discipline-state.js';
import type { JudgedPortal } from '../judge/judge-portal.js';
import { ownEvent } from '../own-events/own-event.js';
import { weekBefore } from '../quality/audits/draw-audits.js';
import { cleanWeeksStream } from './clean-week-events.js';
import { usualPositiveNotes } from './positive-notes.js';

/** So many weeks back are looked at: a week waits until its cases are decided, but not for ever. */
const weeksBack = 4;

/**
 * Notes everybody who had enough opportunities in a week that is over, no confirmed violation in it and no case that
 * still waits for its verdict; once for each person and week. Returns how many it noted. Two programs that do this at once
 * note each once.
 */
export async function noteCleanWeeks(
  { pool, log }: { pool: Pool; log: EventLog },
  portal: JudgedPortal,
): Promise<number> {
  const place = [portal.bucket, portal.portalId];
  const { rows: clocks } = await pool.query<{ clock: Date | null; settings: DisciplineSettings | null }>(
    `SELECT progress.clock, decided.settings FROM judge.progress
       LEFT JOIN read.discipline decided ON decided.bucket = $1 AND decided.portal_id = $2
      WHERE progress.bucket = $1 AND progress.portal_id = $2`,
    place,
  );
  const { clock, settings } = clocks[0] ?? {};
  const { leastChecks } = settings?.positiveNotes ?? usualPositiveNotes;
  if (!clock) return 0;
  let noted = 0;
  let at = clock;
  for (let back = 0; back < weeksBack; back += 1) {
    const { week, from, to } = weekBefore(at, portal.hours.zone);
    at = DateTime.fromJSDate(from).plus({ hours: 1 }).toJSDate();
    const { rows } = await pool.query<{ person: string; checks: number }>(
      `SELECT person, sum(checks)::int AS checks FROM judge.checks
        WHERE bucket = $1 AND portal_id = $2 AND week = $3 AND person <> ''
          AND NOT EXISTS (
            SELECT FROM read.violation_case row
             WHERE row.bucket = $1 AND row.portal_id = $2 AND row.mode = 'active' AND row.status <> 'void'
               AND (row.responsible = person OR row.owner_id = person)
               AND row.started_at >= $4 AND row.started_at < $5
               AND (row.verdict = 'real' OR row.status IN ('open', 'disputed')))
          AND NOT EXISTS (
            SELECT FROM read.clean_week known
             WHERE known.bucket = $1 AND known.portal_id = $2 AND known.person = checks.person AND known.week = $3)
        GROUP BY person HAVING sum(checks) >= $6 ORDER BY person`,
      [...place, week, from, to, leastChecks],
    );
    if (rows.length === 0) continue;
    const occurredAt = to.toISOString();
    await log.append(
      portal,
      rows.map(({ person, checks }) => {
        const streamId = cleanWeeksStream(person);
        const told = { streamId, occurredAt, identity: week, actor: 'system' } as const;
        const event = { type: 'CleanWeekNoted', data: { person, week, checks } } as const;
        return { streamId, expected: 'any' as const, events: [ownEvent(portal, told, event)] };
      }),
      { duplicates: 'skip' },
    );
    noted += rows.length;
  }
  return noted;
}
