/** What the rule clock of a portal shows. */
export interface RuleClock {
  /** Nothing later counts; null while no feed has told. */
  atMs: number | null;
  /** Feeds that stand still: rules that declare them wait. */
  standing: ReadonlySet<string>;
}

/** A feed so far behind the furthest one stands still; the others need not wait for it. */
const standsStillAfterMs = 15 * 60_000;

/**
 * The rule clock by the watermark of each feed: the least instant through which the feeds that move are complete, less the
 * time that late facts are waited for.
 */
export function ruleClockOf(through: Readonly<Record<string, string>>, latenessMs: number): RuleClock {
  const feeds = Object.entries(through).map(([feed, at]) => ({ feed, atMs: Date.parse(at) }));
  const furthest = Math.max(...feeds.map(({ atMs }) => atMs));
  const moving = feeds.filter(({ atMs }) => furthest - atMs <= standsStillAfterMs);
  const standing = new Set(feeds.filter(({ atMs }) => furthest - atMs > standsStillAfterMs).map(({ feed }) => feed));
  if (moving.length === 0) return { atMs: null, standing };
  return { atMs: Math.min(...moving.map(({ atMs }) => atMs)) - latenessMs, standing };
}
