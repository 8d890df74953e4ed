import { Injectable } from '@nestjs/common';
import { type PortalAddress, TimeTravel, type Travelled } from '@funnelwatch/event-log';
import type { FunnelScope } from '@funnelwatch/funnel';
import { Rejection } from '@funnelwatch/kernel';
import { PortalDirectory } from '../portals/portal-directory.js';
import { positionInBucket } from '../positions/log-position.js';

/** A small portal is there at once; for a large one the caller is told to ask again. */
const longestWaitMs = 2_000;

/** Whose figures are asked about, and by what knowledge: all there is now, or what was known at an earlier position. */
@Injectable()
export class Scopes {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly travel: TimeTravel,
  ) {}

  /**
   * Throws `Rejection` PORTAL_UNKNOWN, POSITION_INVALID, TIME_TRAVEL_POSITION_AHEAD, TIME_TRAVEL_POSITION_UNKNOWN,
   * TIME_TRAVEL_BUSY, TIME_TRAVEL_PREPARING.
   */
  async of(portalId: string, asAt?: string): Promise<FunnelScope> {
    const scope = await this.portals.scopeOf(portalId);
    if (asAt === undefined) return scope;
    const travelled = await this.prepare(scope, asAt);
    if (travelled.state === 'ready') return { ...scope, asAt: travelled };
    throw new Rejection(
      'TIME_TRAVEL_PREPARING',
      'What was known then is being put together from the log. Ask again in a moment.',
      { details: { done: travelled.done, total: travelled.position } },
    );
  }

  /** The position as a number, once it is sure that the portal was known then. Throws as `prepare`. */
  async positionOf(portal: PortalAddress, asAt: string): Promise<number> {
    const { position } = await this.travel.find(portal, positionInBucket(asAt, portal.bucket));
    return position;
  }

  /** The state of the preparation, after waiting for a small portal. Throws as `of`, but for TIME_TRAVEL_PREPARING. */
  prepare(portal: PortalAddress, asAt: string): Promise<Travelled> {
    return this.travel.open(portal, positionInBucket(asAt, portal.bucket), longestWaitMs);
  }
}
