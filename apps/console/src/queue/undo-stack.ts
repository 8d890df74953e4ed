/** How long a decision is taken back by one key, in milliseconds; afterwards by a command on the card. */
export const UNDO_MS = 10_000;

export type Undoable = { id: number; atMs: number };

/** Decisions that can still be taken back, the newest last. */
export function alive<Entry extends Undoable>(stack: readonly Entry[], nowMs: number): readonly Entry[] {
  const left = stack.filter(({ atMs }) => nowMs - atMs < UNDO_MS);
  return left.length === stack.length ? stack : left;
}

/** Takes the newest decision off, unless its time is over. */
export function takeNewest<Entry extends Undoable>(
  stack: readonly Entry[],
  nowMs: number,
): { newest: Entry | undefined; rest: readonly Entry[] } {
  const left = alive(stack, nowMs);
  return { newest: left.at(-1), rest: left.slice(0, -1) };
}

/** Without a decision that came to nothing. */
export function without<Entry extends Undoable>(stack: readonly Entry[], id: number): readonly Entry[] {
  return stack.filter((entry) => entry.id !== id);
}

/** Which part of its time a decision has left, from 1 to 0. */
export function shareLeft({ atMs }: Undoable, nowMs: number): number {
  return Math.min(1, Math.max(0, 1 - (nowMs - atMs) / UNDO_MS));
}
