import { Injectable, type MessageEvent } from '@nestjs/common';
import type { PortalAddress } from '@funnelwatch/event-log';
import { inScope } from '@funnelwatch/postgres';
import { Observable } from 'rxjs';
import { AccessCheck } from '../access/access-check.js';
import { currentAccess, ownUsersOnly } from '../access/request-access.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { positionInBucket } from '../positions/log-position.js';
import { ChangedRecords } from './changed-records.js';
import { PositionWatch } from './position-watch.js';

const heartbeatMs = 15_000;
/** Who missed more than this reads everything again rather than a list of what changed. */
const mostMissedEvents = 10_000;

/** Tells pages what changed in a portal, once the figures include it, for as long as they may see it. */
@Injectable()
export class ChangeStream {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly watch: PositionWatch,
    private readonly changed: ChangedRecords,
    private readonly access: AccessCheck,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN or POSITION_INVALID before the stream begins. */
  async of(portalId: string, lastEventId: string | undefined): Promise<Observable<MessageEvent>> {
    const portal = await this.portals.get(portalId);
    const own = ownUsersOnly();
    const access = currentAccess();
    const seen = lastEventId ? positionInBucket(lastEventId, portal.bucket) : null;
    return new Observable((subscriber) => {
      const subscription = new Subscription(portal, seen, own, this.changed, (message) => subscriber.next(message));
      const unwatch = this.watch.add(portal.bucket, {
        reached: (position) => subscription.advance(position),
        closed: () => subscriber.complete(),
      });
      const heartbeat = setInterval(() => {
        // A database that is away for a moment ends nothing.
        this.access.stillHolds(access).then(
          (holds) => (holds ? subscriber.next({ comment: 'alive' }) : subscriber.complete()),
          () => subscriber.next({ comment: 'alive' }),
        );
      }, heartbeatMs);
      return () => {
        clearInterval(heartbeat);
        unwatch();
      };
    });
  }
}

/** What one page has been told. */
class Subscription {
  private told: number | null = null;

  constructor(
    private readonly portal: PortalAddress,
    private readonly seen: number | null,
    private readonly own: readonly string[] | null,
    private readonly changed: ChangedRecords,
    private readonly send: (message: MessageEvent) => void,
  ) {}

  async advance(position: number): Promise<void> {
    if (this.told === null) {
      this.told = this.begin(position);
      if (this.told === position) return;
    }
    if (position <= this.told) return;
    const { portal, told } = this;
    const change = await inScope([portal.portalId], () => this.changed.between(portal, told, position, this.own));
    this.told = position;
    if (change) this.send({ type: 'change', id: change.position, data: change });
  }

  /** Where telling starts; a page whose last position cannot be continued from is told to read everything again. */
  private begin(position: number): number {
    const id = `${this.portal.bucket}:${position}`;
    const { seen } = this;
    if (seen !== null && seen <= position && position - seen <= mostMissedEvents) return seen;
    this.send({ type: seen === null ? 'ready' : 'reset', id, data: { position: id } });
    return position;
  }
}
