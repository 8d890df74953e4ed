import { type Clock } from '@funnelwatch/kernel';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { ownUsersOnly } from '../access/request-access.js';
import { wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { readThrough } from '../portals/capture-state.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PaceQuery, PaceView } from './pace.schemas.js';
import { PaceOfMonth } from './pace-of-month.js';
import { paceOf } from './plan-pace.js';

/** How plans are kept by what was done so far. */
@Injectable()
export class PaceDesk {
  constructor(
    @Inject(wallClock) private readonly clock: Clock,
    private readonly pool: pg.Pool,
    private readonly portals: PortalDirectory,
    private readonly months: PaceOfMonth,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN. */
  async show(portalId: string, { month }: PaceQuery): Promise<PaceView> {
    const portal = await this.portals.get(portalId);
    const own = ownUsersOnly();
    const through = await readThrough(this.pool, portal);
    // What was read of the portal, not the time of day, says how far the month is.
    const asOf = through === null ? this.clock.now() : new Date(through);
    const [{ time, works }, names] = await Promise.all([
      this.months.of(portal, month, { asOf, people: own }),
      this.people.names(portal),
    ]);
    const plans = works.flatMap((work) => {
      const pace = paceOf(work, time);
      const rows = pace.rows.filter(({ userId }) => own?.includes(userId) ?? true);
      return rows.length === 0 ? [] : [{ ...pace, rows: rows.map((row) => ({ ...row, name: names.of(row.userId) })) }];
    });
    return { month, asOf: through, workingDays: time.days, elapsed: time.elapsed, plans };
  }
}
