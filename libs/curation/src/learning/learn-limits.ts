import type { EventLog } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import { DateTime } from 'luxon';
import type { Pool, PoolClient } from 'pg';
import { loadFacts, loadFactsOfKinds, type PortalPlace } from '../judge/bundles.js';
import { loadHeardHours } from '../judge/heard-hours.js';
import type { JudgedPortal } from '../judge/judge-portal.js';
import { workingTimeOf } from '../judge/portal-time.js';
import { ownEvent } from '../own-events/own-event.js';
import { type EarlierLimits, type LimitEvent, limitStream } from './limit-events.js';
import { type Observation, observeDeal } from './observe-deal.js';
import { observeSilences } from './observe-silences.js';
import { type ObservedDeal, usualLimits, usualSilences } from './usual-limits.js';

const learnsFromDays = 365;
const dealsAtOnce = 500;

interface LearnedUpTo {
  clock: Date;
  position: number;
}

/**
 * Learns once in each week of the rule clock what is usual in a portal, from the deals of the year before and from what its
 * channels brought. It holds from
 * the portal's next midnight on, which nothing has been judged for: what began earlier keeps its limits. Returns whether
 * something was learned. Two programs that do this at once learn it once.
 */
export async function learnLimits(
  { pool, log }: { pool: Pool; log: EventLog },
  portal: JudgedPortal,
): Promise<boolean> {
  const upTo = await clockOf(pool, portal);
  if (!upTo) return false;
  const week = weekOf(upTo.clock, portal);
  if (await isKnown(pool, portal, week)) return false;
  const learned = await usualOf(pool, portal, upTo);
  if (!learned) return false;
  return withTransaction(pool, async (client) => {
    // Nobody judges the portal until this is said.
    const now = await clockOf(client, portal, 'FOR UPDATE');
    const said = await log.readStream(portal, limitStream);
    if (!now || said.some(({ data }) => data['week'] === week)) return false;
    const from = DateTime.fromJSDate(now.clock, { zone: portal.hours.zone }).startOf('day').plus({ days: 1 });
    const event: LimitEvent = { type: 'LimitsLearned', data: { week, asOf: upTo.clock.toISOString(), ...learned } };
    const told = {
      streamId: limitStream,
      occurredAt: from.toJSDate().toISOString(),
      identity: week,
      actor: 'system',
    } as const;
    const events = [ownEvent(portal, told, event)];
    await log.append(portal, [{ streamId: limitStream, expected: 'any', events }], { tx: client });
    return true;
  });
}

const weekOf = (at: Date, { hours }: JudgedPortal): string =>
  DateTime.fromJSDate(at, { zone: hours.zone }).startOf('week').toISODate() ?? '';

async function clockOf(client: Pool | PoolClient, portal: JudgedPortal, lock = ''): Promise<LearnedUpTo | null> {
  const { rows } = await client.query<{ clock: Date | null; position: number }>(
    `SELECT clock, position FROM judge.progress WHERE bucket = $1 AND portal_id = $2 ${lock}`,
    [portal.bucket, portal.portalId],
  );
  const { clock, position } = rows[0] ?? {};
  return clock && position !== undefined ? { clock, position } : null;
}

/** Whether it is to be read already that a week was learned from. */
async function isKnown(pool: Pool, portal: JudgedPortal, week: string): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT FROM read.rule_fact
      WHERE bucket = $1 AND portal_id = $2 AND stream_id = $3 AND data ->> 'week' >= $4 LIMIT 1`,
    [portal.bucket, portal.portalId, limitStream, week],
  );
  return rows.length > 0;
}

/** What is usual up to the rule clock; null for a portal whose calendar is missing. */
async function usualOf(pool: Pool, portal: JudgedPortal, { clock, position }: LearnedUpTo) {
  let workingTime;
  try {
    workingTime = workingTimeOf(portal.hours);
  } catch (error) {
    if (error instanceof Rejection) return null;
    throw error;
  }
  const untilMs = clock.getTime();
  const fromMs = untilMs - learnsFromDays * 86_400_000;
  const client = await pool.connect();
  try {
    const deals: ObservedDeal[] = [];
    for await (const deal of observedDeals(client, portal, position, { workingTime, fromMs, untilMs }))
      deals.push(deal);
    const channels = usualSilences(
      observeSilences(await loadHeardHours(client, portal), { workingTime, fromMs, untilMs }),
    );
    return { ...usualLimits(deals), channels };
  } finally {
    client.release();
  }
}

async function* observedDeals(
  client: PoolClient,
  portal: JudgedPortal,
  upTo: number,
  by: Observation,
): AsyncGenerator<ObservedDeal> {
  // A semicolon follows a colon: all deals lie between.
  for (let after = 'deal:'; ;) {
    const { rows } = await client.query<{ subject: string }>(
      `SELECT subject FROM read.rule_subject
        WHERE bucket = $1 AND portal_id = $2 AND subject > $3 AND subject < 'deal;' ORDER BY subject LIMIT $4`,
      [portal.bucket, portal.portalId, after, dealsAtOnce],
    );
    const streams = rows.map(({ subject }) => subject);
    for (const [stream, facts] of await loadFacts(client, portal, streams, upTo)) {
      const observed = observeDeal(stream, facts, by);
      if (observed) yield observed;
    }
    if (streams.length < dealsAtOnce) return;
    after = streams.at(-1) ?? after;
  }
}

/** What was learned, for whoever asks. Every question names its portal. */
export class LimitReader {
  constructor(private readonly pool: Pool) {}

  /** What was learned last of a portal, and since when it holds; null before the first time. */
  async last(portal: PortalPlace): Promise<(LimitEvent['data'] & { from: string }) | null> {
    const facts = await withTransaction(this.pool, (client) =>
      loadFactsOfKinds(client, portal, ['learned'], Number.MAX_SAFE_INTEGER),
    );
    const last = facts.toSorted((left, right) => left.at - right.at).at(-1);
    if (!last) return null;
    // Facts of before say nothing of channels.
    const { channels = [], ...data } = last.data as unknown as EarlierLimits;
    return { ...data, channels, from: new Date(last.at).toISOString() };
  }
}
