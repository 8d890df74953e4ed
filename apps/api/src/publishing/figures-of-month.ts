import { QualityReader } from '@funnelwatch/curation';
import { dayPeriod } from '@funnelwatch/funnel';
import { addMonths } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { MonthFigures } from '@funnelwatch/reporting';
import { Injectable } from '@nestjs/common';
import { MonthOfPay } from '../pay/month-of-pay.js';
import { PaceOfMonth } from '../plans/pace-of-month.js';
import { agreementRows } from './agreement-rows.js';
import { paceFigures } from './pace-figures.js';
import { scoreFigures } from './score-figures.js';

/** What the API would answer about everybody in a month, as rows. */
@Injectable()
export class FiguresOfMonth {
  constructor(
    private readonly pace: PaceOfMonth,
    private readonly pay: MonthOfPay,
    private readonly quality: QualityReader,
  ) {}

  /** Throws what its parts throw: a `Rejection` for a portal whose zone or hours are none. */
  async of(portal: RegisteredPortal, month: string, asOf: Date): Promise<MonthFigures> {
    const window = { from: `${month}-01`, to: `${addMonths(month, 1)}-01` };
    const [plans, people, reviews] = await Promise.all([
      this.pace.of(portal, month, { asOf, people: null }),
      this.pay.of(portal, month, { people: null, upTo: null }),
      this.quality.doubleReviews(portal, dayPeriod(portal.zone, window.from, window.to)),
    ]);
    return {
      ...paceFigures(plans),
      ...scoreFigures(people, plans.indicators),
      agreement: agreementRows(reviews, window),
    };
  }
}
