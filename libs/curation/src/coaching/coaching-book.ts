import type { Decided, DecisionLog, PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import type { Reviewer } from '../cases/reviewer.js';
import { decideOnStream } from '../own-events/own-event.js';
import type { QueuePortal } from '../queue/queue-filter.js';
import { coachingStream } from './coaching-events.js';
import { type CoachingState, decideCoaching, evolveCoaching } from './coaching-state.js';

export interface CoachingRow {
  state: CoachingState;
  doneAt: string | null;
}

/** Reads coachings and says when they were held. Every question names its portal. */
export class CoachingBook {
  constructor(
    private readonly pool: Pool,
    private readonly parts: DecisionLog,
  ) {}

  /** Those that are open, or were held; the longest waiting first, the last held first. Nobody sees one about themselves. */
  async list(
    { portalId, bucket }: QueuePortal,
    status: 'open' | 'done',
    who: Pick<Reviewer, 'ownUserIds'>,
    limit: number,
  ): Promise<CoachingRow[]> {
    const { rows } = await this.pool.query<{ state: CoachingState; done_at: Date | null }>(
      `SELECT state, done_at FROM read.coaching
        WHERE bucket = $1 AND portal_id = $2 AND status = $3 AND NOT (person = ANY ($4::text[]))
        ORDER BY done_at DESC NULLS LAST, since, coaching_id LIMIT $5`,
      [bucket, portalId, status, who.ownUserIds, limit],
    );
    return rows.map(({ state, done_at: doneAt }) => ({ state, doneAt: doneAt?.toISOString() ?? null }));
  }

  /** Throws what `decideCoaching` throws. */
  handle(
    portal: PortalAddress,
    coachingId: string,
    command: 'finish' | 'reopen',
    who: Reviewer,
  ): Promise<Decided<CoachingState | null>> {
    return decideOnStream(this.parts, portal, {
      streamId: coachingStream(coachingId),
      initial: null as CoachingState | null,
      evolve: evolveCoaching,
      decide: (state) => decideCoaching(command, state, who),
      actor: who.userId === null ? 'system' : `user:${who.userId}`,
    });
  }
}
