import { Injectable } from '@nestjs/common';
import { CoachingBook, QueueReader } from '@funnelwatch/curation';
import { type Access, noteForAudit } from '../access/request-access.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { ControlOfCases } from '../quality/control-of-cases.js';
import { rowView } from './case-desk.js';
import type { CoachingList, CoachingsQuery } from './coachings.schemas.js';

const mostShown = 200;

/** Coachings: one talk for several cases of a rule. */
@Injectable()
export class CoachingDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly book: CoachingBook,
    private readonly queue: QueueReader,
    private readonly people: People,
    private readonly control: ControlOfCases,
  ) {}

  async list(portalId: string, { status }: CoachingsQuery, access: Access): Promise<CoachingList> {
    const portal = await this.portals.get(portalId);
    const [{ who }, hidden, names] = await Promise.all([
      this.control.handling(portal, access),
      this.control.hiddenFrom(portal, access),
      this.people.names(portal),
    ]);
    const coachings = await this.book.list(portal, status, who, mostShown);
    const rows = await this.queue.rowsOf(
      portal,
      coachings.flatMap(({ state }) => state.caseIds),
    );
    const rowById = new Map(rows.map((row) => [row.caseId, row]));
    const items = coachings.map(({ state, doneAt }) => ({
      coachingId: state.coachingId,
      person: { userId: state.person, name: names.of(state.person) },
      ruleId: state.ruleId,
      status: state.status,
      since: state.since,
      doneAt,
      cases: state.caseIds.flatMap((caseId) => {
        const row = rowById.get(caseId);
        // That a case is here tells whoever is to review it blindly that it was not judged to be no breach.
        if (!row || hidden.includes(caseId)) return [];
        return [{ ...rowView(row, names), ...(row.status === 'disputed' ? { verdict: null } : {}) }];
      }),
    }));
    return { items };
  }

  /** Says that the talk was held, or takes that back. Throws what `decideCoaching` throws. */
  async handle(portalId: string, coachingId: string, command: 'finish' | 'reopen', access: Access) {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    noteForAudit({ object: coachingId });
    const { position, isChanged, state } = await this.book.handle(portal, coachingId, command, who);
    return { position: `${portal.bucket}:${position}`, isChanged, status: state?.status ?? ('open' as const) };
  }
}
