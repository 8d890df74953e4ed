import type { CaseRow, PortalMessage } from '../api/schema.js';
import type { MessageKey } from '../i18n/i18n.js';

/** `wait`: it will go by itself. `bad`: a person has to do something. `off`: it is over. */
type MessageTone = 'wait' | 'done' | 'bad' | 'off';

export type MessageStanding = {
  says: MessageKey;
  tone: MessageTone;
  /** The instant the text speaks of. */
  at: string | null;
  /** Seconds until it leaves, while they are few. */
  seconds: number | null;
};

const COUNTED_MS = 60_000;

/** What has become of a message, to be said in words. */
export function messageStanding(message: PortalMessage, nowMs: number): MessageStanding {
  const { state, leavesAt, attempts, sentAt, seenAt, doneAt } = message;
  const standing = (says: MessageKey, tone: MessageTone, at: string | null = null): MessageStanding => ({
    ...{ says, tone, at, seconds: null },
  });
  switch (state) {
    case 'waiting': {
      const leftMs = leavesAt === null ? 0 : Date.parse(leavesAt) - nowMs;
      if (attempts > 0) return standing('message.retrying', 'wait', leavesAt);
      if (leftMs <= 0) return standing('message.leaving', 'wait');
      if (leftMs > COUNTED_MS) return standing('message.leavesAt', 'wait', leavesAt);
      return { says: 'message.leavesIn', tone: 'wait', at: leavesAt, seconds: Math.ceil(leftMs / 1000) };
    }
    case 'held':
      return leavesAt === null ? standing('message.held', 'bad') : standing('message.heldUntil', 'wait', leavesAt);
    case 'sending':
      return standing('message.leaving', 'wait');
    case 'sent':
      if (doneAt !== null) return standing('message.done', 'done', doneAt);
      return seenAt === null ? standing('message.sent', 'done', sentAt) : standing('message.seen', 'done', seenAt);
    case 'cancelled':
      return standing('message.cancelled', 'off');
    case 'refused':
      return standing('message.refused', 'bad');
    case 'failed':
      return standing('message.failed', 'bad');
  }
}

/** Whether a message has reached the employee, or still may: then nothing is said to them anew by itself. */
const isUnderWay = (state: string): boolean => state !== 'cancelled' && state !== 'refused' && state !== 'failed';

/** Whether sending it (again) may help now: what waits for a channel or for tomorrow would only go on waiting. */
export const offersRetry = ({ mayRetry, state, reason }: PortalMessage): boolean =>
  mayRetry && !(state === 'held' && (reason === 'CHANNEL_OFF' || reason === 'CAP_REACHED'));

/** How long until messages are to be looked at again: often while they are about to leave, seldom afterwards. */
export function nextLookMs(messages: readonly PortalMessage[], nowMs: number): number {
  const isSoon = messages.some(
    ({ state, leavesAt }) =>
      state === 'sending' || (state === 'waiting' && (leavesAt === null || Date.parse(leavesAt) - nowMs < COUNTED_MS)),
  );
  if (isSoon) return 1_500;
  return messages.some(({ state }) => isUnderWay(state)) ? 8_000 : 30_000;
}

/** Whether feedback is sent on a case at all. */
export const isTold = ({ mode, status }: Pick<CaseRow, 'mode' | 'status'>): boolean =>
  mode === 'active' && status !== 'void';

/** Whether the verdict `real` brings feedback with it: not where nobody is known, or something was said already. */
export function goesWithVerdict(
  row: Pick<CaseRow, 'mode' | 'status' | 'verdict' | 'responsible'>,
  said: readonly { state: string }[],
): boolean {
  const isAsked = row.status !== 'disputed' && row.verdict !== 'real' && row.responsible !== null;
  return isTold(row) && isAsked && !said.some(({ state }) => isUnderWay(state));
}
