import { pipelineObjectKinds } from '@funnelwatch/capture-contracts';
import { FACTS_PER_TRANSACTION } from '../observe/record-observations.js';
import type { PortalSession } from '../portal-session.js';
import { findStageGaps, RECONSTRUCT_AFTER_MS, reconstructMoves, requestHistory } from '../stage-moves/stage-gaps.js';

/**
 * After all objects and all history were read: objects whose present stage no row leads to get a reconstructed move.
 * Those that moved minutes ago may still get their row: they are put down for a reading of their own.
 */
export async function closeStageGaps(
  session: PortalSession,
  older: 'reconstruct' | 'ask the portal first' = 'reconstruct',
): Promise<void> {
  for (const kind of pipelineObjectKinds) {
    let after = -1;
    for (;;) {
      session.signal.throwIfAborted();
      const found = await session.writer.write(async (unit) => {
        const gaps = await findStageGaps(unit, kind, after, FACTS_PER_TRANSACTION);
        const { rows } = await unit.tx.query<{ observed_at: Date }>(
          'SELECT max(observed_at) AS observed_at FROM capture.entity_head WHERE portal_id = $1 AND kind = $2',
          [unit.portal.portalId, kind],
        );
        const observedAt = rows[0]?.observed_at;
        if (!observedAt) return [];
        const isRecent = (movedAt: string): boolean =>
          older !== 'reconstruct' || Date.parse(movedAt) > observedAt.getTime() - RECONSTRUCT_AFTER_MS;
        await requestHistory(
          unit,
          kind,
          gaps.filter(({ movedAt }) => isRecent(movedAt)).map(({ id }) => id),
          observedAt.toISOString(),
        );
        await reconstructMoves(
          unit,
          kind,
          gaps.filter(({ movedAt }) => !isRecent(movedAt)).map(({ id }) => id),
        );
        return gaps;
      });
      if (found.length < FACTS_PER_TRANSACTION) break;
      after = found.at(-1)?.number ?? after;
    }
  }
}
