import { monthPeriod } from '@funnelwatch/funnel';
import { LedgerReader } from '@funnelwatch/motivation';
import { type Indicator, PlanReader } from '@funnelwatch/plan';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import { MonthTime } from './month-time.js';
import { type PlanWork, workOn } from './plan-work.js';

/** Plans that hold in a month with what was done for them, and how far the month is. */
export interface MonthOfPlans {
  time: MonthTime;
  indicators: Indicator[];
  works: PlanWork[];
}

interface Asked {
  /** How far the month is. */
  asOf: Date;
  /** Whose work is counted; null for everybody's. */
  people: readonly string[] | null;
}

/** What the pace of a month is worked out from, whoever asks for it. */
@Injectable()
export class PaceOfMonth {
  constructor(
    private readonly plans: PlanReader,
    private readonly ledger: LedgerReader,
  ) {}

  /** Throws `Rejection` FUNNEL_PERIOD_INVALID for no month, SCHEDULE_INVALID for a portal whose hours are none. */
  async of(portal: RegisteredPortal, month: string, { asOf, people }: Asked): Promise<MonthOfPlans> {
    const period = { ...monthPeriod(portal.zone, month), zone: portal.zone };
    const [plans, indicators, done] = await Promise.all([
      this.plans.plans(portal, month),
      this.plans.indicators(portal),
      this.ledger.done(portal, period, people),
    ]);
    const currency = portal.currency ?? 'RUB';
    const works = plans.flatMap((plan) => workOn(plan, { indicators, done, currency }) ?? []);
    return { time: new MonthTime(portal, month, asOf), indicators, works };
  }
}
