import { type CaseEvent, noteOnCase } from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import type { Outcome, StoredMessage } from '@funnelwatch/write-back';
import type { PoolClient } from 'pg';

const casePurpose = 'case:';

/** Notes on a case what became of the feedback about it, in the transaction that records it. */
export async function tellCase(
  log: EventLog,
  client: PoolClient,
  message: StoredMessage,
  outcome: Outcome,
): Promise<void> {
  if (!message.purpose.startsWith(casePurpose)) return;
  const event = eventOf(message, outcome);
  if (!event) return;
  const caseId = message.purpose.slice(casePurpose.length);
  await noteOnCase({ log, clock: systemClock }, message.portal, caseId, message.messageId, event, client);
}

function eventOf({ messageId, sentAt }: StoredMessage, outcome: Outcome): CaseEvent | null {
  switch (outcome.outcome) {
    case 'sent':
      return { type: 'FeedbackSent', data: { messageId, at: (sentAt ?? systemClock.now()).toISOString() } };
    case 'refused':
    case 'failed':
      return { type: 'FeedbackFailed', data: { messageId, code: outcome.reason } };
    case 'seen':
    case 'done':
      return { type: 'FeedbackSeen', data: { messageId, at: outcome.at.toISOString() } };
    case 'held':
    case 'cancelled':
    case 'gone':
      return null;
  }
}
