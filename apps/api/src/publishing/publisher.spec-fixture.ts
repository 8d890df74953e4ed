import { DisciplineReader, QualityReader, QueueReader } from '@funnelwatch/curation';
import type { Clock } from '@funnelwatch/kernel';
import { LedgerReader, SchemeReader } from '@funnelwatch/motivation';
import { PlanReader } from '@funnelwatch/plan';
import { PublishedFigures } from '@funnelwatch/reporting';
import type { Pool } from 'pg';
import { MonthOfPay } from '../pay/month-of-pay.js';
import { PaceOfMonth } from '../plans/pace-of-month.js';
import { FiguresOfMonth } from './figures-of-month.js';
import { FiguresPublisher } from './figures-publisher.js';

/** The publisher as the API puts it together, by a clock of the spec's. */
export function publisherAt(clock: Clock, pool: Pool): FiguresPublisher {
  const plans = new PlanReader(pool);
  const ledger = new LedgerReader(pool);
  const pay = new MonthOfPay(new SchemeReader(pool), plans, ledger, new DisciplineReader(pool), new QueueReader(pool));
  const figures = new FiguresOfMonth(new PaceOfMonth(plans, ledger), pay, new QualityReader(pool));
  return new FiguresPublisher(clock, pool, figures, new PublishedFigures(pool));
}
