import type { RebuildView } from '@funnelwatch/event-log';
import type { Texts } from './texts.js';

/** One line a generation, the newest first. */
export const describeRebuilds = (rebuilds: readonly RebuildView[], texts: Texts): string =>
  rebuilds
    .map((rebuild) => {
      const line = `${rebuild.projection} ${rebuild.generation}  ${texts.generationState[rebuild.state]}`;
      const notes = [rebuild.failure, rebuild.postponed].filter((note) => note !== null);
      const progress = rebuild.state === 'building' ? `  ${describeProgress(rebuild, texts)}` : '';
      return `${line}${progress}${notes.length > 0 ? `  (${notes.join('; ')})` : ''}`;
    })
    .join('\n');

/** Done of total, rate and time left. */
export function describeProgress({ done, total, eventsPerSecond, secondsLeft }: RebuildView, texts: Texts): string {
  return texts.rebuildProgress(done, total, Math.round(eventsPerSecond ?? 0), secondsLeft && Math.ceil(secondsLeft));
}
