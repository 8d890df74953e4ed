import { addMonths, type Clock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { inScope } from '@funnelwatch/postgres';
import { type MonthFigures, PublishedFigures } from '@funnelwatch/reporting';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { wallClock } from '../composition.tokens.js';
import { dayIn } from '../plans/month-time.js';
import { readThrough } from '../portals/capture-state.js';
import { FiguresOfMonth } from './figures-of-month.js';
import { type Ground, readGround } from './ground-of-figures.js';

/** Whether figures were worked out and written, or those that stood there were right still. */
export type Publication = 'written' | 'renewed';

/** Writes down what the API answers about a portal, so that the same figures can be asked for by SQL. */
@Injectable()
export class FiguresPublisher {
  /** By portal, what the figures that were written last rest on. */
  private readonly written = new Map<string, string>();

  constructor(
    @Inject(wallClock) private readonly clock: Clock,
    private readonly pool: pg.Pool,
    private readonly figures: FiguresOfMonth,
    private readonly published: PublishedFigures,
  ) {}

  /**
   * Publishes the months of a portal that may still change: the present one and the one before, as the clock has it and as
   * the portal was read. In the scope of the portal, whoever calls. Throws what working out the figures throws.
   */
  publish(portal: RegisteredPortal): Promise<Publication> {
    return inScope([portal.portalId], () => this.publishInScope(portal));
  }

  /** Notes why a portal could not be published; what was published of it stays. */
  noteFailure(portal: RegisteredPortal, errorCode: string): Promise<void> {
    return inScope([portal.portalId], () => this.published.noteFailure(portal, errorCode));
  }

  private async publishInScope(portal: RegisteredPortal): Promise<Publication> {
    const startedAt = this.clock.now();
    // Before the figures: what changes while they are worked out is seen as a change the next time.
    const [ground, through] = await Promise.all([readGround(this.pool, portal), readThrough(this.pool, portal)]);
    const mark = markOf(portal, ground, through, startedAt);
    if (this.written.get(portal.portalId) === mark && (await this.published.renew(portal, startedAt))) return 'renewed';
    const startedMs = performance.now();
    const asOf = through === null ? startedAt : new Date(through);
    const months = new Map<string, MonthFigures>();
    for (const month of monthsAround([asOf, startedAt], portal.zone))
      months.set(month, await this.figures.of(portal, month, asOf));
    const seconds = (performance.now() - startedMs) / 1000;
    const run = { asOf: through, publishedAt: startedAt, position: ground.position, seconds };
    await this.published.write(portal, months, run);
    this.written.set(portal.portalId, mark);
    return 'written';
  }
}

/**
 * Everything that figures follow from, as one text. The hour is more than they ask for: what a repair changes in a read
 * model without an event is published within it. Of a portal that was never read, they go by the time of day.
 */
function markOf(portal: RegisteredPortal, { mark }: Ground, through: string | null, now: Date): string {
  const { zone, currency, workingHours } = portal;
  const hour = `${dayIn(now, zone)} ${now.getUTCHours()}`;
  return JSON.stringify([mark, through ?? now, hour, zone, currency, workingHours]);
}

/** The months of the instants and those before them, in order. */
function monthsAround(instants: readonly Date[], zone: string): string[] {
  const months = instants.map((instant) => dayIn(instant, zone).slice(0, 7));
  return [...new Set(months.flatMap((month) => [addMonths(month, -1), month]))].sort();
}
