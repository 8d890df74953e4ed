import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { decideDiscipline, type PositiveNotes, QueueReader, usualPositiveNotes } from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PositiveNotesBody } from './positive-notes.schemas.js';

/** Whether a portal says a good word for a clean week. */
@Injectable()
export class PositiveNoteDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly queue: QueueReader,
  ) {}

  async show(portalId: string): Promise<PositiveNotes> {
    const { settings } = await this.queue.settings(await this.portals.get(portalId));
    const { isOn, leastChecks, channel } = settings.positiveNotes ?? usualPositiveNotes;
    return { isOn, leastChecks, channel };
  }

  /** What was noted before is not told of afterwards. */
  async set(portalId: string, body: PositiveNotesBody, access: Access): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    noteForAudit({ details: { isOn: body.isOn, leastChecks: body.leastChecks, channel: body.channel } });
    const data = { ...body, by: access.accountId, from: this.clock.now().toISOString() };
    const event = { type: 'PositiveNotesSet', data } as const;
    const { position } = await decideDiscipline(this.log, this.clock, portal, [event], randomUUID());
    return { position: `${portal.bucket}:${position}` };
  }
}
