import type { Clock } from '@funnelwatch/kernel';

/** Waits; ends at once when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Runs `step` again and again, starts a period apart or as soon as the last one ended. Ends when aborted. */
export async function everyPeriod(
  periodMs: number,
  clock: Clock,
  signal: AbortSignal,
  step: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const startedMs = clock.now().getTime();
    await step();
    await pause(startedMs + periodMs - clock.now().getTime(), signal);
  }
}

/**
 * Resolves when all of `work` has ended; rejects with the first failure, of `background` too, after having stopped
 * the rest and waited for it: nothing goes on behind the caller's back.
 */
export async function untilFirstFailure(
  work: Promise<void>[],
  background: Promise<void>,
  stop: AbortController,
): Promise<void> {
  let failure: { error: unknown } | null = null;
  const watched = [...work, background].map((one) =>
    one.catch((error: unknown) => {
      // What ends because of the stop is a consequence, not the cause.
      failure ??= { error };
      stop.abort(error);
    }),
  );
  await Promise.all(watched.slice(0, -1));
  stop.abort();
  await watched.at(-1);
  if (failure !== null) throw (failure as { error: unknown }).error;
}

/** Something that is reached once; waiting for it ends when the signal aborts, too. */
export class Milestone {
  private readonly waiting = new Set<() => void>();
  private isReached = false;

  reach(): void {
    this.isReached = true;
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  reached(signal: AbortSignal): Promise<void> {
    if (this.isReached || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        this.waiting.delete(go);
        resolve();
      };
      this.waiting.add(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }
}
