import { Inject, Injectable } from '@nestjs/common';
import {
  blindCard,
  blindRow,
  type CaseCard,
  type CaseCommand,
  Desk,
  type HandledCase,
  handleCase,
  loadCase,
  QueueReader,
  type QueueRow,
  type Reviewer,
} from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { dayPeriod } from '@funnelwatch/funnel';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { withTransaction } from '@funnelwatch/postgres';
import { cancelMessage } from '@funnelwatch/write-back';
import pg from 'pg';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { People, type PersonNames } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { ControlOfCases, type Handling } from '../quality/control-of-cases.js';
import { CaseCards } from './case-cards.js';
import type {
  BulkBody,
  BulkResult,
  CaseCardView,
  CasePage,
  CaseRow,
  CasesQuery,
  CaseSummary,
  CommandBody,
  HandledView,
} from './cases.schemas.js';

/** The queue of cases and what is done with them. */
@Injectable()
export class CaseDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly queue: QueueReader,
    private readonly people: People,
    private readonly cards: CaseCards,
    private readonly desk: Desk,
    private readonly control: ControlOfCases,
    private readonly pool: pg.Pool,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN, FUNNEL_PERIOD_INVALID. */
  async list(portalId: string, query: CasesQuery, access: Access): Promise<CasePage> {
    const portal = await this.portals.get(portalId);
    const { offset, limit, around, order, minPosition: _minPosition, assignee, from, to, ...filter } = query;
    const names = await this.people.names(portal);
    const { rows, ...page } = await this.queue.list(
      portal,
      {
        ...filter,
        startedWithin: from === undefined || to === undefined ? undefined : dayPeriod(portal.zone, from, to),
        assignee: assignee === 'me' ? access.accountId : assignee,
        onlyUsers: ownUsersOnly() ?? undefined,
        except: await this.control.hiddenFrom(portal, access),
      },
      { offset, limit, around, order },
    );
    const items = rows.map(({ ofPerson, ofRule, ...row }) => ({
      ...rowView(row, names),
      // The second reviewer of a dispute is not to read in the list what the card hides.
      ...(row.status === 'disputed' ? { verdict: null } : {}),
      ofPerson,
      ofRule,
    }));
    return { items, ...page };
  }

  async summary(portalId: string, access: Access): Promise<CaseSummary> {
    const portal = await this.portals.get(portalId);
    const except = await this.control.hiddenFrom(portal, access);
    const [summary, { settings }] = await Promise.all([
      this.queue.summary(portal, { onlyUsers: ownUsersOnly() ?? undefined, except }),
      this.queue.settings(portal),
    ]);
    const activeRules = Object.values(settings.rules).filter(({ status }) => status === 'active').length;
    return { ...summary, activeRules };
  }

  /** Throws `Rejection` CASE_UNKNOWN. */
  async card(portalId: string, caseId: string, access: Access): Promise<CaseCardView> {
    const portal = await this.portals.get(portalId);
    const [known, { isBlindTo }, names, undecided] = await Promise.all([
      this.visible(portal, caseId),
      this.control.handling(portal, access),
      this.people.names(portal),
      this.control.hiddenFrom(portal, access),
    ]);
    const isBlind = isBlindTo(known.state);
    const card = isBlind ? blindCard(known) : known;
    return this.cards.view(portal, card, rowView(card.row, names), { names, access, isBlind, undecided });
  }

  /** Cases that were drawn for a second verdict of whoever asks: nothing tells of the first. */
  async secondReviews(portalId: string, access: Access): Promise<CasePage> {
    const portal = await this.portals.get(portalId);
    const [caseIds, names] = await Promise.all([this.control.reviewsFor(portal, access), this.people.names(portal)]);
    const rows = await this.queue.rowsOf(portal, caseIds);
    const ofPerson = Map.groupBy(rows, ({ responsible }) => responsible);
    const ofRule = Map.groupBy(rows, ({ ruleId }) => ruleId);
    const items = rows.map((row) => ({
      ...rowView(blindRow(row), names),
      ofPerson: ofPerson.get(row.responsible)?.length ?? 0,
      ofRule: ofRule.get(row.ruleId)?.length ?? 0,
    }));
    return { items, total: rows.length, offset: 0, order: '' };
  }

  /** Carries out a command. Throws what `decideCase` throws. */
  async command(portalId: string, caseId: string, body: CommandBody, access: Access): Promise<HandledView> {
    const portal = await this.portals.get(portalId);
    await this.visible(portal, caseId);
    // The audit is read by people who review: it does not tell the verdict.
    noteForAudit({ details: { command: body.type } });
    const handled = await this.handle(portal, caseId, body, await this.control.handling(portal, access));
    return handledView(portal, handled);
  }

  /** The same command for cases of one rule; each succeeds or is refused on its own. Throws `Rejection` CASES_DIFFER. */
  async bulk(portalId: string, { caseIds, command }: BulkBody, access: Access): Promise<BulkResult> {
    const portal = await this.portals.get(portalId);
    const known = await this.queue.rulesOf(portal, [...new Set(caseIds)]);
    if (new Set(known.values()).size > 1) {
      throw new Rejection('CASES_DIFFER', 'Several cases are handled together only when they are of one rule.');
    }
    const results: BulkResult['results'] = [];
    let position = 0;
    const handling = await this.control.handling(portal, access);
    for (const caseId of new Set(caseIds)) {
      try {
        if (!known.has(caseId)) throw new Rejection('CASE_UNKNOWN', 'There is no such case.');
        const handled = await this.handle(portal, caseId, command, handling);
        position = Math.max(position, handled.position);
        results.push({ caseId, isDone: true, code: null, message: null });
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        results.push({ caseId, isDone: false, code: error.code, message: error.message });
      }
    }
    const done = results.filter(({ isDone }) => isDone).length;
    noteForAudit({
      object: [...known.values()][0] ?? '',
      details: { command: command.type, cases: caseIds.length, done },
    });
    return { position: position === 0 ? null : `${portal.bucket}:${position}`, results };
  }

  async look(portalId: string, caseId: string, access: Access): Promise<{ others: string[] }> {
    const portal = await this.portals.get(portalId);
    await this.visible(portal, caseId);
    const { accountId, name } = access;
    return { others: await this.desk.look(portalId, caseId, { accountId, name }, this.clock.now()) };
  }

  async lookAway(portalId: string, caseId: string, access: Access): Promise<void> {
    await this.portals.get(portalId);
    await this.desk.lookAway(portalId, caseId, access.accountId, this.clock.now());
  }

  private visible(portal: RegisteredPortal, caseId: string): Promise<CaseCard> {
    return this.queue.card(portal, caseId, ownUsersOnly() ?? undefined);
  }

  private handle(
    portal: RegisteredPortal,
    caseId: string,
    body: CommandBody,
    { who, draw }: Handling,
  ): Promise<HandledCase> {
    const { log, clock } = this;
    if (body.type === 'undo-verdict') return this.withdraw(portal, caseId, who);
    return handleCase({ log, clock }, portal, caseId, commandOf(body, who), who, draw(caseId));
  }

  /** With the verdict goes the feedback that has not left yet, in one transaction. */
  private async withdraw(portal: RegisteredPortal, caseId: string, who: Reviewer): Promise<HandledCase> {
    const { log, clock } = this;
    return withTransaction(this.pool, async (tx) => {
      const { state } = await loadCase(log, portal, caseId);
      for (const { messageId, state: sent } of state?.feedback ?? []) {
        if (sent === 'requested') await cancelMessage(tx, portal, messageId);
      }
      return handleCase({ log, clock }, portal, caseId, { type: 'WithdrawVerdict' }, who, undefined, tx);
    });
  }
}

function commandOf(body: CommandBody, who: Reviewer): CaseCommand {
  switch (body.type) {
    case 'verdict':
      return { type: 'GiveVerdict', verdict: body.verdict, seconds: body.seconds, template: body.template };
    case 'undo-verdict':
      return { type: 'WithdrawVerdict' };
    case 'snooze':
      return { type: 'Snooze', until: body.until, reason: body.reason };
    case 'wake':
      return { type: 'Wake' };
    case 'assign':
      return { type: 'Assign', to: body.to === 'me' ? who.accountId : body.to };
    case 'merge':
      return { type: 'Merge', into: body.into };
    case 'close':
      return { type: 'Close' };
    case 'reopen':
      return { type: 'Reopen' };
    case 'decide-dispute':
      return { type: 'DecideDispute', verdict: body.verdict };
    case 'review-blindly':
      return { type: 'ReviewBlindly', verdict: body.verdict };
  }
}

const handledView = ({ bucket }: RegisteredPortal, handled: HandledCase): HandledView => ({
  position: `${bucket}:${handled.position}`,
  version: handled.version,
  isChanged: handled.isChanged,
  status: handled.state?.status ?? null,
});

/** A line of the queue with the names of people. */
export function rowView(row: QueueRow, names: PersonNames): CaseRow {
  const { responsible } = row;
  return {
    ...row,
    responsible: responsible === null ? null : { userId: responsible, name: names.of(responsible) },
  };
}
