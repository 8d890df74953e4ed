import { mayCancel, mayRetry, reasonSentence, type StoredMessage } from '@funnelwatch/write-back';
import type { PersonNames } from '../people/people.js';
import type { MessageView } from './feedback.schemas.js';

/** What the outbox calls a case by. */
export const casePurpose = 'case:';

/** The case that a message is about; null where it is about none. */
export const caseIdOf = ({ purpose }: StoredMessage): string | null =>
  purpose.startsWith(casePurpose) ? purpose.slice(casePurpose.length) : null;

/** A message of the outbox as it is told, without its text. */
export function messageView(message: StoredMessage, names: PersonNames): MessageView {
  const isToLeave = message.state === 'waiting' || message.state === 'held';
  return {
    messageId: message.messageId,
    channel: message.channel,
    to: { userId: message.recipientId, name: names.of(message.recipientId) },
    about: `${message.about.kind}:${message.about.id}`,
    caseId: caseIdOf(message),
    state: message.state,
    reason: message.reason,
    sentence: message.reason === null ? null : sentenceOf(message.reason),
    attempts: message.attempts,
    createdAt: message.createdAt.toISOString(),
    leavesAt: isToLeave ? (message.nextAttemptAt?.toISOString() ?? null) : null,
    sentAt: message.sentAt?.toISOString() ?? null,
    seenAt: message.seenAt?.toISOString() ?? null,
    doneAt: message.doneAt?.toISOString() ?? null,
    mayCancel: mayCancel(message),
    mayRetry: mayRetry(message.state),
  };
}

/** Why a message was kept back, and what to do, in both languages. */
export const sentenceOf = (reason: string): { ru: string; en: string } => ({
  ru: reasonSentence(reason, 'ru'),
  en: reasonSentence(reason, 'en'),
});
