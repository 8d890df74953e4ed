import { textArray } from '@funnelwatch/postgres';
import type { PortalSession } from '../portal-session.js';
import { readDoubtful } from './match-keys.js';
import { tellLists } from './record-matches.js';

const LISTS_AT_ONCE = 500;

/** Tells the log the lists that an erasure changed, at the portal's time `now`: no fact of the CRM did. */
export async function settleDoubtfulLists(
  session: Pick<PortalSession, 'pool' | 'writer' | 'tools'>,
  now: string,
): Promise<void> {
  for (;;) {
    const { rows } = await session.pool.query({
      name: 'capture.any_doubtful_list',
      text: 'SELECT FROM capture.match_list WHERE portal_id = $1 AND is_doubtful LIMIT 1',
      values: [session.writer.portal.portalId],
    });
    if (rows.length === 0) return;
    await session.writer.write(async (unit) => {
      const doubtful = await readDoubtful(unit, LISTS_AT_ONCE);
      await tellLists(unit, session.tools, doubtful, () => ({ occurredAt: now, provenance: 'observed' }));
      await unit.tx.query(
        'UPDATE capture.match_list SET is_doubtful = false WHERE portal_id = $1 AND stream_id = ANY ($2::text[])',
        [unit.portal.portalId, textArray(doubtful.map(({ stream }) => stream))],
      );
    });
  }
}
