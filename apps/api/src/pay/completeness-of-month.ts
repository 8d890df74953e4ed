import { monthPeriod } from '@funnelwatch/funnel';
import { type Clock, daysOfMonth } from '@funnelwatch/kernel';
import type { ClosingRefusal } from '@funnelwatch/motivation';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Pool } from 'pg';
import { readCaptureState } from '../portals/capture-state.js';

/** What of the portal's own events is missing before a month may be closed: it is not over, not certified, or set aside. */
export async function missingOf(
  pool: Pool,
  clock: Clock,
  portal: RegisteredPortal,
  month: string,
): Promise<ClosingRefusal[]> {
  const { to } = monthPeriod(portal.zone, month);
  const [{ status }, certifiedUntil, setAside] = await Promise.all([
    readCaptureState(pool, portal.portalId),
    lastSoundCertificate(pool, portal.portalId),
    quarantined(pool, portal.portalId),
  ]);
  const through = Object.values(status?.through ?? {}).sort()[0] ?? null;
  const isOver = clock.now() >= to && through !== null && Date.parse(through) >= to.getTime();
  const refusals: ClosingRefusal[] = [];
  if (!isOver) refusals.push({ code: 'MONTH_NOT_OVER', values: through === null ? {} : { through } });
  if (certifiedUntil === null || certifiedUntil.at < to) {
    const [first = '', last = first] = [daysOfMonth(month)[0], daysOfMonth(month).at(-1)];
    // A certificate of a later day certifies those before it: whatever was missing then has come.
    const from = certifiedUntil !== null && certifiedUntil.day > first ? certifiedUntil.day : first;
    refusals.push({ code: 'NOT_CERTIFIED', values: { from, to: last } });
  }
  if (setAside > 0) refusals.push({ code: 'QUARANTINE', values: { count: String(setAside) } });
  return refusals;
}

/** The last comparison with the portal that left nothing unexplained. */
async function lastSoundCertificate(pool: Pool, portalId: string): Promise<{ day: string; at: Date } | null> {
  const { rows } = await pool.query<{ day: string; at: Date }>({
    name: 'api.last_sound_certificate',
    text: `SELECT day::text AS day, certified_at AS at FROM capture.certificate
            WHERE portal_id = $1 AND scope = 'all' AND unexplained = 0 ORDER BY certified_at DESC LIMIT 1`,
    values: [portalId],
  });
  return rows[0] ?? null;
}

async function quarantined(pool: Pool, portalId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'api.quarantined_pay',
    text: `SELECT count(*)::int AS count FROM log.quarantine WHERE projection = 'motivation' AND portal_id = $1`,
    values: [portalId],
  });
  return rows[0]?.count ?? 0;
}
