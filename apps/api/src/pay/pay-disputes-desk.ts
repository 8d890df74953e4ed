import { randomUUID } from 'node:crypto';
import { type EventLog, KeyRing } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { handlePayDispute, type PayDisputeCommand, payDisputeStream, PayReader } from '@funnelwatch/motivation';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Inject, Injectable } from '@nestjs/common';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { DisputeBody, DisputeDecisionBody, DisputeListView } from './pay-disputes.schemas.js';

/** Objections to pay: made by whom it is paid to, decided by somebody else. What they say is kept under their keys. */
@Injectable()
export class PayDisputesDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly keyRing: KeyRing,
    private readonly portals: PortalDirectory,
    private readonly pay: PayReader,
    private readonly people: People,
  ) {}

  /** Objections to a month and to those before it that are still open. */
  async list(portalId: string, month: string): Promise<DisputeListView> {
    const portal = await this.portals.get(portalId);
    const [disputes, names] = await Promise.all([
      this.pay.disputes(portal, month, ownUsersOnly()),
      this.people.names(portal),
    ]);
    const shown = disputes.filter((dispute) => dispute.month === month || dispute.status === 'open');
    const items = await Promise.all(
      shown.map(async ({ disputeId, userId, line, status, disputedAt, correctionKopecks, month: of }) => ({
        ...{ disputeId, month: of, userId, name: names.of(userId), line, status, disputedAt, correctionKopecks },
        ...(await this.said(portal, disputeId)),
      })),
    );
    return { items };
  }

  /** Objects for the person who asks. Throws `Rejection` DISPUTE_NOT_PAID for somebody who is no employee of the portal. */
  async dispute(portalId: string, { month, line, text }: DisputeBody) {
    const userId = ownUsersOnly()?.[0];
    if (userId === undefined)
      throw new Rejection('DISPUTE_NOT_PAID', 'Only those who are paid in the portal object to their pay.');
    const disputeId = randomUUID();
    const command: PayDisputeCommand = { type: 'Dispute', disputeId, month, userId, line };
    return this.decide(portalId, disputeId, command, { userId, words: { objection: text }, by: `user:${userId}` });
  }

  /** Throws the `Rejection`s of `decidePayDispute`. */
  async settle(portalId: string, disputeId: string, { text, ...decision }: DisputeDecisionBody, { accountId }: Access) {
    const portal = await this.portals.get(portalId);
    const [first] = await this.log.readStream(portal, payDisputeStream(disputeId), { limit: 1 });
    if (!first) throw new Rejection('DISPUTE_UNKNOWN', 'There is no such objection.');
    const { month, userId } = first.data as { month: string; userId: string };
    const closedBy = (await this.pay.periods(portal)).find((period) => period.month === month)?.closedBy ?? null;
    const command: PayDisputeCommand = { type: 'DecideDispute', ...decision, by: accountId, closedBy };
    return this.decide(portalId, disputeId, command, { userId, words: { decision: text }, by: 'system' });
  }

  /** Throws the `Rejection`s of `decidePayDispute`. */
  async withdraw(portalId: string, disputeId: string) {
    const userId = ownUsersOnly()?.[0];
    if (userId === undefined) throw new Rejection('DISPUTE_UNKNOWN', 'There is no such objection.');
    return this.decide(portalId, disputeId, { type: 'WithdrawDispute', userId }, { userId, by: `user:${userId}` });
  }

  private async decide(
    portalId: string,
    disputeId: string,
    command: PayDisputeCommand,
    { userId, words, by }: { userId: string; words?: Record<string, string>; by: 'system' | `user:${string}` },
  ) {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: disputeId });
    const subject = `user:${userId}`;
    const text = words ? await this.keyRing.seal(portal, subject, words) : null;
    const decisions = { log: this.log, clock: this.clock };
    const sealed = text === null ? undefined : { [subject]: text };
    const { position } = await handlePayDispute(decisions, portal, disputeId, command, by, sealed);
    return { disputeId, position: `${portal.bucket}:${position}` };
  }

  /** What was said by both sides; null where the key is gone with the person. */
  private async said(portal: RegisteredPortal, disputeId: string) {
    const events = await this.log.readStream(portal, payDisputeStream(disputeId));
    const parts = events.flatMap(({ sealed }) =>
      Object.entries(sealed ?? {}).map(([subject, text]) => ({ subject, text })),
    );
    const opened = await this.keyRing.openMany(portal, parts);
    const find = (name: string) =>
      opened.map((words) => words?.[name]).find((text) => typeof text === 'string') ?? null;
    return { text: find('objection'), decision: find('decision') };
  }
}
