import type { AnswerPage } from '../api/schema.js';

/**
 * What the page behind a link asks or tells:
 * - `asked`: nothing was answered yet, or only `fixed` is left to be said.
 * - `answered`: the answer is on its way; it can still be given differently.
 * - `stands`: an objection was decided, the breach stays. `lifted`: there is none any more. `over`: the record is gone.
 */
export type ReplyStanding = 'asked' | 'answered' | 'stands' | 'lifted' | 'over';

/** Where somebody stands who opens a link, or has just answered by it. */
export function replyStanding({ isOver, decision, answer }: AnswerPage): ReplyStanding {
  if (isOver) return 'over';
  if (decision !== null) return decision;
  return answer === null ? 'asked' : 'answered';
}

/** Whether a text has the shape of what stands behind the `#` of a link in a message. */
export function isAnswerToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,900}\.[A-Za-z0-9_-]{43}$/.test(text);
}
