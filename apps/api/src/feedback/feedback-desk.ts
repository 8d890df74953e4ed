import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { entityOf } from '@funnelwatch/capture-contracts';
import { answerCase, type CaseAnswer, type CaseCard, handleCase, loadCase, QueueReader } from '@funnelwatch/curation';
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
  retryMessage,
  setChannel,
} from '@funnelwatch/write-back';
import pg from 'pg';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { ruleOfPortal } from '../cases/rule-of-portal.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { ControlOfCases } from '../quality/control-of-cases.js';
import { portalCardUrl } from '../records/portal-card.js';
import { AnswerTokens } from './answer-token.js';
import { CaseConversation } from './case-conversation.js';
import type { CaseFeedbackView, ChannelBody, FeedbackBody, GiveAnswerBody, MessagesQuery } from './feedback.schemas.js';
import { clauseWords, feedbackWords } from './feedback-words.js';
import { caseIdOf, casePurpose, messageView, sentenceOf } from './message-view.js';

/** As long as a verdict can be undone, nothing leaves. */
const undoMs = 10_000;
/** In the place of a token. */
const unsigned = '#unsigned';

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
    private readonly conversation: CaseConversation,
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

  /**
   * What would be written, to the letter but for the end of the link: by a whole one, whoever previews could answer as the
   * employee. And what would keep it back. Throws `Rejection` CASE_UNKNOWN, FEEDBACK_NOBODY.
   */
  async preview(portalId: string, caseId: string, body: FeedbackBody, origin: string) {
    const portal = await this.portals.get(portalId);
    const { recipientId, message } = await this.compose(
      portal,
      caseId,
      body,
      randomUUID(),
      () => `${origin}/answer${unsigned}`,
    );
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
      written: textOf(written).replace(unsigned, '#…'),
      obstacle: obstacle && {
        verdict: obstacle.verdict,
        reason: obstacle.reason,
        sentence: sentenceOf(obstacle.reason),
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
    const now = this.clock.now();
    const linkFor = (userId: string) => `${origin}/answer#${this.tokens.make({ portalId, caseId, userId }, now)}`;
    const { recipientId, message } = await this.compose(portal, caseId, body, messageId, linkFor);
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

  /** Messages and answers of a case. Throws `Rejection` CASE_UNKNOWN. */
  async ofCase(portalId: string, caseId: string, access: Access): Promise<CaseFeedbackView> {
    const portal = await this.portals.get(portalId);
    const [, hidden] = await Promise.all([
      this.queue.card(portal, caseId, ownUsersOnly() ?? undefined),
      this.control.hiddenFrom(portal, access),
    ]);
    // Feedback on a case tells what its first verdict was.
    return hidden.includes(caseId) ? { items: [], answers: [] } : this.conversation.view(portal, caseId);
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
      items: shown.map((message) => messageView(message, names)),
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
      const { opened, state, row } = card;
      const { settings } = await this.queue.settings(portal);
      const rule = ruleOfPortal(settings, opened.ruleId);
      const words = { ru: feedbackWords(rule, opened, 'ru'), en: feedbackWords(rule, opened, 'en') };
      const written = await this.conversation.wordsTo(portal, card, grant.userId);
      const isOfRule = written === null || written === words.ru.body || written === words.en.body;
      const entity = entityOf(opened.about);
      const answer = state.answer?.by === grant.userId ? state.answer.answer : null;
      return {
        portalName: portal.name,
        language: portal.language,
        ruleTitle: { ru: words.ru.title, en: words.en.title },
        clause: { ru: clauseWords(rule, opened, 'ru'), en: clauseWords(rule, opened, 'en') },
        feedback: isOfRule ? { ru: words.ru.body, en: words.en.body } : { ru: written, en: written },
        about: opened.about,
        portalUrl: entity && portalCardUrl(portal.origin, entity.kind, entity.id),
        startedAt: opened.startAt,
        zone: portal.zone,
        isResolved: row.resolvedAt !== null,
        isOver: state.status === 'void',
        answer,
        decision: decisionOn(card, answer),
      };
    });
  }

  /** Throws `Rejection` LINK_UNKNOWN, LINK_EXPIRED, CASE_OVER, CASE_NOT_YOURS. */
  async answer({ token, answer, comment }: GiveAnswerBody) {
    const grant = this.tokens.open(token, this.clock.now());
    const said = comment?.trim() ?? '';
    await inScope([grant.portalId], async () => {
      const portal = await this.portals.get(grant.portalId);
      const { log, clock } = this;
      const subject = `user:${grant.userId}`;
      const text = said === '' ? null : await this.keyRing.seal(portal, subject, { comment: said });
      const sealed = text === null ? undefined : { [subject]: text };
      await answerCase({ log, clock }, portal, grant.caseId, answer, grant.userId, sealed);
    });
    noteForAudit({ portalId: grant.portalId, object: grant.caseId, details: { answer } });
    // What reads cases may not have heard of the answer yet: nothing is decided on it so soon.
    return { ...(await this.answerPage(token)), answer, decision: null };
  }

  private async compose(
    portal: RegisteredPortal,
    caseId: string,
    { to, text }: FeedbackBody,
    messageId: string,
    linkFor: (userId: string) => string,
  ) {
    const card = await this.queue.card(portal, caseId, ownUsersOnly() ?? undefined);
    const recipientId = card.state.people[to];
    if (recipientId === null) {
      throw new Rejection('FEEDBACK_NOBODY', 'Nobody is known whom this could be said to. Choose another addressee.');
    }
    const language = portal.language === 'en' ? 'en' : 'ru';
    const { settings } = await this.queue.settings(portal);
    const words = feedbackWords(ruleOfPortal(settings, card.opened.ruleId), card.opened, language, text);
    return {
      recipientId,
      message: {
        messageId,
        recipientId,
        about: aboutOf(card, recipientId),
        purpose: `${casePurpose}${caseId}`,
        text: { ...words, link: linkFor(recipientId) },
      },
    };
  }
}

/** What became of the breach for somebody who answered so. */
function decisionOn({ state: { verdict, status } }: CaseCard, answer: CaseAnswer | null): 'stands' | 'lifted' | null {
  if (status === 'disputed' || verdict === null) return null;
  if (verdict.verdict === 'acceptable' || verdict.verdict === 'false') return 'lifted';
  return verdict.verdict === 'real' && (answer === 'disagree' || answer === 'not-mine') ? 'stands' : null;
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
