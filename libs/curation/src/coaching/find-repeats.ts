import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { isViolation } from '../queue/lanes.js';
import { derivedUuid } from '../judge/case-ids.js';
import { decideOnStream } from '../own-events/own-event.js';
import { coachingStream } from './coaching-events.js';
import { type CoachingState, evolveCoaching, followRepeats } from './coaching-state.js';
import { repeatsThatCount, repeatsWorthCoaching } from './repeats.js';

interface Repeated {
  person: string;
  rule_id: string;
  /** Coachings of the person and rule that are done: the next one begins after them. */
  done: number;
  cases: { caseId: string; startAt: string }[];
  /** The coaching that is not done yet, as it was read; null without one. */
  known: CoachingState | null;
}

/**
 * Opens a coaching for everybody with three cases of one rule within 30 days, takes further ones into it, and takes it back
 * when too few are left. Cases of a coaching that was held count no more. Two programs that do this at once say it once.
 * Returns how many coachings it opened or changed.
 */
export async function findRepeats(
  { pool, log, clock }: { pool: Pool; log: EventLog; clock: Clock },
  portal: PortalAddress,
): Promise<number> {
  const { rows } = await pool.query<Repeated>(
    `SELECT coalesce(found.person, coached.person) AS person, coalesce(found.rule_id, coached.rule_id) AS rule_id,
            coalesce(coached.done, 0) AS done, coalesce(found.cases, '[]') AS cases, coached.known
       FROM (SELECT row.responsible AS person, row.rule_id,
                    json_agg(json_build_object('caseId', row.case_id, 'startAt', row.started_at)) AS cases
               FROM read.violation_case row
              WHERE row.bucket = $1 AND row.portal_id = $2 AND row.mode = 'active' AND row.responsible IS NOT NULL
                AND NOT row.is_inhibited AND ${isViolation}
                AND NOT EXISTS (
                  SELECT FROM read.coached_case one
                    JOIN read.coaching held ON held.bucket = $1 AND held.portal_id = $2
                     AND held.coaching_id = one.coaching_id AND held.status = 'done'
                   WHERE one.bucket = $1 AND one.portal_id = $2 AND one.case_id = row.case_id)
              GROUP BY 1, 2 HAVING count(*) >= $3) found
       FULL JOIN (SELECT person, rule_id, count(*) FILTER (WHERE status = 'done')::int AS done,
                         bool_or(status = 'open') AS is_open,
                         (array_agg(state) FILTER (WHERE status <> 'done'))[1] AS known
                    FROM read.coaching WHERE bucket = $1 AND portal_id = $2 GROUP BY 1, 2) coached
         ON coached.person = found.person AND coached.rule_id = found.rule_id
      WHERE found.person IS NOT NULL OR coached.is_open
      ORDER BY 1, 2`,
    [portal.bucket, portal.portalId, repeatsThatCount],
  );
  let changed = 0;
  for (const { person, rule_id: ruleId, done, cases, known } of rows) {
    const repeats = repeatsWorthCoaching(
      cases.map(({ caseId, startAt }) => ({ caseId, startAt: Date.parse(startAt) })),
    );
    const caseIds = repeats.map(({ caseId }) => caseId);
    const since = new Date(repeats[repeatsThatCount - 1]?.startAt ?? 0).toISOString();
    const coachingId = derivedUuid(`${portal.portalId}|coaching|${person}|${ruleId}|${done}`);
    const found = { coachingId, person, ruleId, caseIds, since };
    // Most are as they were: only of the others it is asked what was really said last.
    if (followRepeats(known, found).length === 0) continue;
    const { isChanged } = await decideOnStream({ log, clock }, portal, {
      streamId: coachingStream(coachingId),
      initial: null as CoachingState | null,
      evolve: evolveCoaching,
      decide: (state) => followRepeats(state, found),
      actor: 'system',
    });
    if (isChanged) changed += 1;
  }
  return changed;
}
