import type { ListedCase } from '../api/schema.js';
import { goesWithVerdict } from './message-standing.js';

export type BulkTelling = {
  /** Cases whose people are told, in the order of the list. */
  told: readonly ListedCase[];
  /** Cases of people who would get more messages than the channel's cap of a day. */
  above: readonly ListedCase[];
};

/** Whom the verdict `real` on several cases is told: nobody more often than `cap` times, and none who has had so many today. */
export function withinCap(rows: readonly ListedCase[], cap: number, isFull: (userId: string) => boolean): BulkTelling {
  const sent = new Map<string, number>();
  const told: ListedCase[] = [];
  const above: ListedCase[] = [];
  for (const row of rows) {
    const userId = row.responsible?.userId;
    if (userId === undefined || !goesWithVerdict(row, [])) continue;
    const before = sent.get(userId) ?? 0;
    if (before >= cap || isFull(userId)) above.push(row);
    else {
      sent.set(userId, before + 1);
      told.push(row);
    }
  }
  return { told, above };
}

/** Does a piece of work for each entry, so many at a time, and answers in their order. */
export async function eachBounded<Entry, Answer>(
  entries: readonly Entry[],
  most: number,
  work: (entry: Entry) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async () => {
    while (next < entries.length) {
      const at = next;
      next += 1;
      answers[at] = await work(entries[at] as Entry);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, entries.length) }, worker));
  return answers;
}
