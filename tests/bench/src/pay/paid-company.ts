import { randomUUID } from 'node:crypto';
import type { PostgresEventLog } from '@funnelwatch/event-log';
import { type PortalAddress } from '@funnelwatch/event-log';
import type { NewEvent } from '@funnelwatch/kernel';
import { type PayInputs, schemeSchema } from '@funnelwatch/motivation';
import { SalesEvents, STEPS_OF_DEAL } from '../rules/sales-log.js';

export const SELLERS = 200;
export const MONTHS = Array.from({ length: 12 }, (_, place) => `2026-${String(place + 1).padStart(2, '0')}`);
export const ZONE = 'Europe/Moscow';
const FIRST_MS = Date.parse('2026-01-01T06:00:00Z');
const HOUR_MS = 3_600_000;
/** So that the last step of a deal is still within the year. */
const SPREAD_HOURS = 362 * 24;
const DEALS_OF_BATCH = 50;

/** Salary by letters and stages, a percentage of sales by tiers: everything that a scheme asks of a ledger. */
export const scheme = schemeSchema.parse({
  name: 'Bench',
  currency: 'RUB',
  salary: {
    amount: '60000.00',
    points: {
      target: 400,
      indicators: [
        { indicator: 'letters', weight: 2, dailyCap: 40 },
        { indicator: 'proposals', weight: 8 },
      ],
      shape: 'linear',
      table: [
        { from: '0', part: '0.5' },
        { from: '1', part: '1' },
      ],
    },
  },
  commission: {
    ...{ counted: 'won', quota: '80000.00', mode: 'marginal' },
    tiers: [
      { from: '0', rate: '0.05' },
      { from: '0.8', rate: '0.08' },
      { from: '1', rate: '0.12' },
    ],
  },
  draw: { amount: '50000.00', recoverable: true },
});

export const inputs: PayInputs = {
  indicators: {
    letters: { kind: 'activity', activity: 'letter', direction: 'outgoing' },
    proposals: { kind: 'stage', pipelineId: 'deal:0', stageId: 'PROPOSAL' },
  },
  ...{ planKopecks: null, teamAttainment: null, quality: null },
};

/** One portal whose 200 sellers lead deals through a year, ten events a deal, as capture writes them. */
export class PaidCompany {
  readonly portal: PortalAddress = { portalId: randomUUID(), bucket: 3 };
  readonly sales = new SalesEvents(this.portal.portalId, SELLERS);
  private deals = 0;

  constructor(private readonly log: PostgresEventLog) {}

  async configure(): Promise<void> {
    await this.append(this.sales.configured(FIRST_MS - HOUR_MS));
  }

  /** Appends until the year holds so many deals; they begin all over it. */
  async growTo(deals: number): Promise<void> {
    while (this.deals < deals) {
      const events: NewEvent[] = [];
      for (let deal = 0; deal < DEALS_OF_BATCH && this.deals < deals; deal += 1) {
        const number = (this.deals += 1);
        const bornMs = FIRST_MS + ((number * 7_919) % SPREAD_HOURS) * HOUR_MS;
        for (let step = 0; step < STEPS_OF_DEAL; step += 1)
          events.push(...this.sales.stepOfDeal(number, step, bornMs + step * 2 * HOUR_MS));
      }
      await this.append(events);
    }
  }

  async append(events: readonly NewEvent[]): Promise<void> {
    const streams = Map.groupBy(events, (event) => event.streamId);
    await this.log.append(
      this.portal,
      [...streams].map(([streamId, ofStream]) => ({ streamId, expected: 'any' as const, events: ofStream })),
    );
  }
}
