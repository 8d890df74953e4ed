import { Inject, Injectable } from '@nestjs/common';
import { type CaseAnswer, type CaseCard, caseStream } from '@funnelwatch/curation';
import { type EventLog, KeyRing } from '@funnelwatch/event-log';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { listMessages, readMessageTexts } from '@funnelwatch/write-back';
import pg from 'pg';
import { eventLog } from '../composition.tokens.js';
import { People } from '../people/people.js';
import type { CaseFeedbackView } from './feedback.schemas.js';
import { casePurpose, messageView } from './message-view.js';

const mostMessages = 50;

/** What was said to employees about a case, and what they said. */
@Injectable()
export class CaseConversation {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    private readonly pool: pg.Pool,
    private readonly keyRing: KeyRing,
    private readonly people: People,
  ) {}

  async view(portal: RegisteredPortal, caseId: string): Promise<CaseFeedbackView> {
    const purpose = `${casePurpose}${caseId}`;
    const [messages, names, answers] = await Promise.all([
      listMessages(this.pool, portal, { purpose, limit: mostMessages }),
      this.people.names(portal),
      this.answers(portal, caseId),
    ]);
    const ids = messages.map(({ messageId }) => messageId);
    const texts = await readMessageTexts(this.pool, this.keyRing, portal, ids);
    return {
      items: messages.map((message) => {
        const text = texts.get(message.messageId) ?? null;
        // The link stays out: whoever has it may answer as the employee.
        return { ...messageView(message, names), text: text && { title: text.title, body: text.body } };
      }),
      answers: answers.map(({ by, ...said }) => ({ ...said, by: { userId: by, name: names.of(by) } })),
    };
  }

  /** The words of the newest message to somebody that may have reached them; null where there are none. */
  async wordsTo(portal: RegisteredPortal, { state }: CaseCard, userId: string): Promise<string | null> {
    const written = state.feedback.findLast(({ to, state: became }) => to === userId && became !== 'cancelled');
    if (!written) return null;
    const texts = await readMessageTexts(this.pool, this.keyRing, portal, [written.messageId]);
    return texts.get(written.messageId)?.body ?? null;
  }

  private async answers(portal: RegisteredPortal, caseId: string) {
    const events = await this.log.readStream(portal, caseStream(caseId));
    const given = events.filter(({ type }) => type === 'CaseAnswered');
    const parts = given.flatMap(({ sealed }, index) =>
      Object.entries(sealed ?? {}).map(([subject, text]) => ({ index, subject, text })),
    );
    const opened = await this.keyRing.openMany(portal, parts);
    const comments = new Map(parts.map(({ index }, at) => [index, opened[at]?.['comment']]));
    return given.map(({ data, recordedAt }, index) => {
      const comment = comments.get(index);
      const { answer, by } = data as { answer: CaseAnswer; by: string };
      return {
        answer,
        by,
        at: new Date(recordedAt).toISOString(),
        comment: typeof comment === 'string' ? comment : null,
      };
    });
  }
}
