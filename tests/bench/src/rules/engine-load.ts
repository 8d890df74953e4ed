import { setTimeout as sleep } from 'node:timers/promises';
import type { NewEvent } from '@funnelwatch/kernel';
import { rateOf } from '../compare.js';
import type { Row } from '../row.js';
import { type BenchPortal, JudgedPortals, LATENESS_MS } from './judged-portals.js';
import { STEPS_OF_DEAL } from './sales-log.js';

const PORTALS = 4;
const EVENTS_A_SECOND = 2_000;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? '30');
const TICK_MS = 200;
/** Deals that are under way at once, of all portals. */
const DEALS_UNDER_WAY = 4_000;
/** Longest time by which the judge may be behind in the end to count as keeping up. */
const MOST_BEHIND_MS = 5_000;

/**
 * Deals of four portals live on at 2,000 events a second while a real curator judges them by all rules: how far behind it
 * is in the end; and how fast it works off what has piled up while it was away.
 */
export async function measureEngineLoad(): Promise<Row[]> {
  const bench = await JudgedPortals.start(PORTALS);
  try {
    const market = new Market(bench);
    await market.open();
    const curator = await bench.curator();
    await bench.judged();
    const beganMs = performance.now();
    const first = market.events;
    let most = 0;
    for (let tick = 0; tick * TICK_MS < SECONDS * 1000; tick += 1) {
      await market.goOn((EVENTS_A_SECOND * TICK_MS) / 1000);
      if (tick % 10 === 9) most = Math.max(most, (await bench.lag()).events);
      await sleep(Math.max(0, beganMs + (tick + 1) * TICK_MS - performance.now()));
    }
    const tookMs = performance.now() - beganMs;
    const pace = ((market.events - first) * 1000) / tookMs;
    const behindSince = performance.now();
    await bench.judged();
    const behindMs = performance.now() - behindSince;
    const peakMiB = await curator.peakMiB();
    await curator.stop();

    const piledUp = EVENTS_A_SECOND * SECONDS;
    await market.goOn(piledUp);
    const again = await bench.curator();
    const rate = await rateOf(piledUp, () => bench.judged());
    await again.stop();
    const cases = await bench.cases();
    if (cases === 0) throw new Error('The rules found nothing: nothing was measured');
    const work = `${SECONDS} s of ${Math.round(pace)} events/s, all rules on: at most ${most} events behind, ${peakMiB} MiB`;
    return [
      {
        work: `${work}; until all is judged`,
        figure: `${(behindMs / 1000).toFixed(1)} s`,
        value: behindMs,
        target: `keeps up (≤ ${MOST_BEHIND_MS / 1000} s)`,
        reached: behindMs <= MOST_BEHIND_MS && pace >= EVENTS_A_SECOND * 0.98,
      },
      {
        work: `${piledUp} events that piled up, all rules on, ${Math.round(cases)} cases`,
        figure: `${Math.round(rate)} events/s`,
        value: rate,
        target: `≥ ${EVENTS_A_SECOND} events/s`,
        reached: rate >= EVENTS_A_SECOND,
      },
    ];
  } finally {
    await bench.stop();
  }
}

/** Deals of all portals, each of which is told of one step after the other. */
class Market {
  events = 0;
  private readonly deals: { portal: BenchPortal; number: number; step: number }[];
  private next = 0;
  private numbers = 0;
  /** CRM time goes by itself: half a minute for each tick. */
  private nowMs = Date.parse('2026-03-02T07:00:00Z');

  constructor(private readonly bench: JudgedPortals) {
    this.deals = Array.from({ length: DEALS_UNDER_WAY }, (_, place) => ({
      portal: this.portalAt(place),
      number: (this.numbers += 1),
      // As in the middle of life: not all of them begin at once.
      step: 0,
    }));
  }

  private portalAt(place: number): BenchPortal {
    return this.bench.portals[place % this.bench.portals.length] as BenchPortal;
  }

  /** Stages are configured and every deal is somewhere in its life. */
  async open(): Promise<void> {
    for (const portal of this.bench.portals) await this.bench.append(portal, portal.sales.configured(this.nowMs));
    for (const [place, deal] of this.deals.entries()) deal.step = place % STEPS_OF_DEAL;
    for (let from = 0; from < this.deals.length; from += 400) {
      const lives = this.deals.slice(from, from + 400).map(({ portal, number, step }) => ({
        portal,
        events: Array.from({ length: step + 1 }, (_, before) =>
          portal.sales.stepOfDeal(number, before, this.nowMs + before * 60_000),
        ).flat(),
      }));
      await this.append(lives);
    }
    for (const deal of this.deals) deal.step += 1;
    this.nowMs += 3_600_000;
    await this.watermarks();
  }

  /** So many further events, and a watermark for each portal. */
  async goOn(events: number): Promise<void> {
    for (let left = events; left > 0;) {
      const lives: { portal: BenchPortal; events: NewEvent[] }[] = [];
      const batch = Math.min(left, 400);
      for (let count = 0; count < batch;) {
        const place = (this.next = (this.next + 1) % this.deals.length);
        const deal = this.deals[place];
        if (!deal) break;
        if (deal.step >= STEPS_OF_DEAL) Object.assign(deal, { step: 0, number: (this.numbers += 1) });
        const told = deal.portal.sales.stepOfDeal(deal.number, deal.step, this.nowMs);
        deal.step += 1;
        count += told.length;
        lives.push({ portal: deal.portal, events: told });
      }
      await this.append(lives);
      this.nowMs += 30_000;
      left -= batch;
    }
    await this.watermarks();
  }

  private async append(lives: readonly { portal: BenchPortal; events: NewEvent[] }[]): Promise<void> {
    const byPortal = Map.groupBy(lives, ({ portal }) => portal);
    await Promise.all(
      [...byPortal].map(([portal, each]) =>
        this.bench.append(
          portal,
          each.flatMap(({ events }) => events),
        ),
      ),
    );
    this.events += lives.reduce((sum, { events }) => sum + events.length, 0);
  }

  private async watermarks(): Promise<void> {
    const atMs = this.nowMs + LATENESS_MS;
    for (const portal of this.bench.portals) await this.bench.append(portal, [portal.sales.watermark(atMs)]);
  }
}
