import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { entityOf } from '@funnelwatch/capture-contracts';
import { answerCase, type CaseCard, handleCase, loadCase, QueueReader } from '@funnelwatch/curation';
import { type EventLog, KeyRing } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import {
  aboutKinds,
  type AboutKind,
  cancelMessage,
  type Channel,
  type Composed,
  enqueueMessage,
  listMessages,
  previewMessage,
  readChannels,
  reasonSentence,
  retryMessage,
  setChannel,
  type StoredMessage,
} from '@funnelwatch/write-back';
import pg from 'pg';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { ruleOfPack } from '../cases/rule-of-pack.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { ControlOfCases } from '../quality/control-of-cases.js';
import { portalCardUrl } from '../records/portal-card.js';
import { AnswerTokens } from './answer-token.js';
import type { ChannelBody, FeedbackBody, GiveAnswerBody, MessagesQuery } from './feedback.schemas.js';
import { feedbackWords } from './feedback-words.js';

/** As long as a verdict can be undone, nothing leaves. */
const undoMs = 10_000;
const casePurpose = 'case:';

/** Feedback to employees in their own portal, and what they answer. */
@Injectable()
export class FeedbackDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly pool: pg.Pool,
    private readonly keyRing: KeyRing,
    private readonly portals: PortalDirectory,
    private readonly queue: QueueReader,
    private readonly people: People,
    private readonly tokens: AnswerTokens,
    private readonly control: ControlOfCases,
  ) {}

  async channels(portalId: string) {
    const portal = await this.portals.get(portalId);
    const settings = await readChannels(this.pool, portal);
    return {
      items: settings.map(({ channel, isEnabled, capPerPersonDay, enabledAt }) => ({
        channel,
        isEnabled,
        capPerPersonDay,
        enabledAt: enabledAt?.toISOString() ?? null,
      })),
    };
  }

  async setChannel(portalId: string, channel: Channel, body: ChannelBody, access: Access) {
    const portal = await this.portals.get(portalId);
    const now = this.clock.now();
    const change = { channel, ...body, by: access.accountId, now };
    noteForAudit({ object: channel, details: { isEnabled: body.isEnabled, cap: body.capPerPersonDay } });
    await withTransaction(this.pool, (client) => setChannel(client, portal, change));
    return this.channels(portalId);
  }

  /** What would be written, to the letter, and what would keep it back. Throws `Rejection` CASE_UNKNOWN, FEEDBACK_NOBODY. */
  async preview(portalId: string, caseId: string, body: FeedbackBody, origin: string) {
    const portal = await this.portals.get(portalId);
    const { recipientId, message } = await this.compose(portal, caseId, body, origin, randomUUID());
    const names = await this.people.names(portal);
    const user = (await this.people.users(portal)).find(({ userId }) => userId === recipientId);
    const [preview] = await previewMessage(this.pool, portal, {
      message,
      channels: [body.channel],
      recipient: user === undefined ? 'unknown' : user.isActive ? 'active' : 'dismissed',
      now: this.clock.now(),
    });
    if (!preview) throw new Error('A preview of one channel has one answer');
    const { obstacle, written } = preview;
    return {
      to: { userId: recipientId, name: names.of(recipientId) },
      title: message.text.title,
      body: message.text.body,
      written: textOf(written),
      obstacle: obstacle && {
        verdict: obstacle.verdict,
        reason: obstacle.reason,
        sentence: { ru: reasonSentence(obstacle.reason, 'ru'), en: reasonSentence(obstacle.reason, 'en') },
        until: obstacle.until?.toISOString() ?? null,
      },
    };
  }

  /**
   * Puts feedback on its way; it leaves when undoing is over. Throws `Rejection` CASE_UNKNOWN, CASE_NOT_SENT,
   * FEEDBACK_NOBODY.
   */
  async send(portalId: string, caseId: string, body: FeedbackBody, origin: string, access: Access) {
    const portal = await this.portals.get(portalId);
    const messageId = randomUUID();
    const { recipientId, message } = await this.compose(portal, caseId, body, origin, messageId);
    const now = this.clock.now();
    const sendsAt = new Date(now.getTime() + undoMs);
    const { log, clock } = this;
    const command = { type: 'RequestFeedback', messageId, channel: body.channel, to: recipientId } as const;
    const { who } = await this.control.handling(portal, access);
    const handled = await withTransaction(this.pool, async (tx) => {
      await enqueueMessage(tx, this.keyRing, portal, { ...message, channel: body.channel, notBefore: sendsAt }, now);
      return handleCase({ log, clock }, portal, caseId, command, who, undefined, tx);
    });
    noteForAudit({ details: { channel: body.channel, to: recipientId } });
    return { messageId, position: `${portal.bucket}:${handled.position}`, sendsAt: sendsAt.toISOString() };
  }

  /** Takes feedback back while it has not left. Throws `Rejection` MESSAGE_UNKNOWN, FEEDBACK_TOO_LATE, CASE_HEAD_ALONE. */
  async cancel(portalId: string, caseId: string, messageId: string, access: Access): Promise<void> {
    const portal = await this.portals.get(portalId);
    const { log, clock } = this;
    const { who } = await this.control.handling(portal, access);
    const { state } = await loadCase(log, portal, caseId);
    // By another case one could take back what is refused by its own.
    if (!state?.feedback.some((one) => one.messageId === messageId)) {
      throw new Rejection('MESSAGE_UNKNOWN', 'There is no such message on this case.');
    }
    await withTransaction(this.pool, async (tx) => {
      const { isInTime } = await cancelMessage(tx, portal, messageId);
      if (!isInTime) throw new Rejection('FEEDBACK_TOO_LATE', 'The message may have left already.');
      await handleCase({ log, clock }, portal, caseId, { type: 'CancelFeedback', messageId }, who, undefined, tx);
    });
  }

  async messages(portalId: string, { state, ...query }: MessagesQuery, access: Access) {
    const portal = await this.portals.get(portalId);
    const [messages, names, hidden] = await Promise.all([
      listMessages(this.pool, portal, { ...query, ...(state ? { states: [state] } : {}) }),
      this.people.names(portal),
      this.control.hiddenFrom(portal, access),
    ]);
    // Feedback on a case tells what its first verdict was.
    const shown = messages.filter((message) => !hidden.includes(caseIdOf(message) ?? ''));
    return {
      items: shown.map((message) => ({
        messageId: message.messageId,
        channel: message.channel,
        to: { userId: message.recipientId, name: names.of(message.recipientId) },
        about: `${message.about.kind}:${message.about.id}`,
        caseId: caseIdOf(message),
        state: message.state,
        reason: message.reason,
        sentence: message.reason && {
          ru: reasonSentence(message.reason, 'ru'),
          en: reasonSentence(message.reason, 'en'),
        },
        attempts: message.attempts,
        createdAt: message.createdAt.toISOString(),
        sentAt: message.sentAt?.toISOString() ?? null,
        seenAt: message.seenAt?.toISOString() ?? null,
        doneAt: message.doneAt?.toISOString() ?? null,
      })),
    };
  }

  /** Throws `Rejection` MESSAGE_UNKNOWN, MESSAGE_SETTLED. */
  async retry(portalId: string, messageId: string): Promise<void> {
    const portal = await this.portals.get(portalId);
    await withTransaction(this.pool, (client) => retryMessage(client, portal, messageId, this.clock.now()));
  }

  /** What an employee sees by a link. Throws `Rejection` LINK_UNKNOWN, LINK_EXPIRED. */
  async answerPage(token: string) {
    const grant = this.tokens.open(token, this.clock.now());
    return inScope([grant.portalId], async () => {
      const portal = await this.portals.get(grant.portalId).catch(() => null);
      const card = portal && (await this.queue.card(portal, grant.caseId).catch(() => null));
      if (!portal || !card) throw new Rejection('LINK_UNKNOWN', 'What this link was about is there no longer.');
      const rule = ruleOfPack(card.opened.ruleId);
      const words = (language: 'ru' | 'en') => feedbackWords(rule, card.opened, language);
      const no = { ru: card.opened.ruleId, en: card.opened.ruleId };
      const entity = entityOf(card.opened.about);
      return {
        portalName: portal.name,
        language: portal.language,
        ruleTitle: { ru: words('ru').title, en: words('en').title },
        clause: rule?.clause ?? no,
        feedback: { ru: words('ru').body, en: words('en').body },
        about: card.opened.about,
        portalUrl: entity && portalCardUrl(portal.origin, entity.kind, entity.id),
        startedAt: card.opened.startAt,
        isResolved: card.row.resolvedAt !== null,
        isOver: card.state.status === 'void',
        answer: card.state.answer?.answer ?? null,
      };
    });
  }

  /** Throws `Rejection` LINK_UNKNOWN, LINK_EXPIRED, CASE_OVER, CASE_NOT_YOURS. */
  async answer({ token, answer }: GiveAnswerBody) {
    const grant = this.tokens.open(token, this.clock.now());
    await inScope([grant.portalId], async () => {
      const portal = await this.portals.get(grant.portalId);
      const { log, clock } = this;
      await answerCase({ log, clock }, portal, grant.caseId, answer, grant.userId);
    });
    noteForAudit({ portalId: grant.portalId, object: grant.caseId, details: { answer } });
    return { ...(await this.answerPage(token)), answer };
  }

  private async compose(
    portal: RegisteredPortal,
    caseId: string,
    { to, text }: FeedbackBody,
    origin: string,
    messageId: string,
  ) {
    const card = await this.queue.card(portal, caseId, ownUsersOnly() ?? undefined);
    const recipientId = card.state.people[to];
    if (recipientId === null) {
      throw new Rejection('FEEDBACK_NOBODY', 'Nobody is known whom this could be said to. Choose another addressee.');
    }
    const language = portal.language === 'en' ? 'en' : 'ru';
    const words = feedbackWords(ruleOfPack(card.opened.ruleId), card.opened, language, text);
    const token = this.tokens.make({ portalId: portal.portalId, caseId, userId: recipientId }, this.clock.now());
    return {
      recipientId,
      message: {
        messageId,
        recipientId,
        about: aboutOf(card, recipientId),
        purpose: `${casePurpose}${caseId}`,
        text: { ...words, link: `${origin}/answer#${token}` },
      },
    };
  }
}

/** The record that a message hangs on: the case's own, or the first of its items that has a card; otherwise the person. */
function aboutOf({ opened, state }: CaseCard, recipientId: string): { kind: AboutKind; id: string } {
  for (const reference of [opened.about, opened.subject, ...state.items.map(({ ref }) => ref)]) {
    const entity = entityOf(reference);
    const kind = aboutKinds.find((known) => known === entity?.kind);
    if (entity && kind) return { kind, id: entity.id };
  }
  return { kind: 'user', id: recipientId };
}

const textOf = (written: Composed): string =>
  written.channel === 'task' ? `${written.title}\n\n${written.description}` : written.text;

const caseIdOf = ({ purpose }: StoredMessage): string | null =>
  purpose.startsWith(casePurpose) ? purpose.slice(casePurpose.length) : null;
