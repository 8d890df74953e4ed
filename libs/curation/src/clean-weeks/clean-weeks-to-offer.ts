import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import { derivedUuid } from '../judge/case-ids.js';

interface CleanWeek {
  person: string;
  /** Monday, `YYYY-MM-DD`. */
  week: string;
  checks: number;
}

/** The one message about a week of a person. */
export const cleanWeekMessageId = (portalId: string, person: string, week: string): string =>
  derivedUuid(`${portalId}|clean-week|${person}|${week}`);

/**
 * Clean weeks that were noted since an instant and at most a week ago: later the word would come too late. A week in which
 * a violation was confirmed meanwhile is none any more.
 */
export async function cleanWeeksToOffer(
  pool: Pick<Pool, 'query'>,
  { portalId, bucket }: PortalAddress,
  since: Date,
  now: Date,
): Promise<CleanWeek[]> {
  const { rows } = await pool.query<CleanWeek>(
    `SELECT noted.person, noted.week::text AS week, noted.checks FROM read.clean_week noted
      WHERE noted.bucket = $1 AND noted.portal_id = $2
        AND noted.noted_at >= greatest($3::timestamptz, $4::timestamptz - interval '7 days')
        AND NOT EXISTS (
          SELECT FROM read.violation_case row
           WHERE row.bucket = $1 AND row.portal_id = $2 AND row.mode = 'active' AND row.status <> 'void'
             AND row.verdict = 'real' AND (row.responsible = noted.person OR row.owner_id = noted.person)
             -- Days begin at other instants in other zones: a violation nearby is reason enough to say nothing.
             AND row.started_at >= noted.week - interval '1 day' AND row.started_at < noted.week + interval '8 days')
      ORDER BY noted.week, noted.person`,
    [bucket, portalId, since, now],
  );
  return rows;
}
