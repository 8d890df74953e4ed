import type { EventLog } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { caseStream } from '../cases/case-events.js';
import { loadCase } from '../cases/handle-case.js';
import { ownEvent } from '../own-events/own-event.js';

const mostAtOnce = 200;

/**
 * Wakes cases whose sleep has run out by the clock on the wall; the event carries the instant at which it was due. Two
 * programs that do this at once wake a case once. Returns how many it woke.
 */
export async function wakeSnoozed(pool: Pool, log: EventLog, now: Date): Promise<number> {
  const { rows } = await pool.query<{ bucket: number; portal_id: string; case_id: string; snoozed_until: Date }>(
    `SELECT bucket, portal_id, case_id, snoozed_until FROM read.violation_case
      WHERE is_snoozed AND snoozed_until <= $1 ORDER BY snoozed_until LIMIT $2`,
    [now, mostAtOnce],
  );
  let woken = 0;
  for (const row of rows) {
    const portal = { portalId: row.portal_id, bucket: row.bucket };
    const { state, version } = await loadCase(log, portal, row.case_id);
    const until = state?.snooze?.until;
    if (until?.kind !== 'time' || Date.parse(until.at) > now.getTime()) continue;
    const streamId = caseStream(row.case_id);
    const occurredAt = new Date(until.at).toISOString();
    const caseId = row.case_id;
    const told = {
      streamId,
      occurredAt,
      identity: `woken|${version + 1}`,
      actor: 'system',
      beside: { caseId },
    } as const;
    const event = ownEvent(portal, told, { type: 'CaseWoken', data: { why: 'time', by: null } });
    try {
      await log.append(portal, [{ streamId, expected: version, events: [event] }]);
      woken += 1;
    } catch (error) {
      // Somebody did something with the case at this moment: it is looked at again.
      if (!(error instanceof Rejection && error.code === 'EVENT_LOG_VERSION_CONFLICT')) throw error;
    }
  }
  return woken;
}
