import { DateTime } from 'luxon';
import { DAY_MS, HOUR_MS, wholeSecond } from '../world/portal-calendar.js';
import type { CompanyParameters, ConfigurationChange, QuirkRates } from './company-parameters.js';
import { invoicePipeline, leadPipeline, retailPipeline, wholesalePipeline } from './main-pipelines.js';
import { departments, people } from './people.js';

export const DEFAULT_ZONE = 'Europe/Moscow';

const quirks: QuirkRates = {
  createdInMiddle: 0.02,
  createdWon: 0.008,
  skip: 0.02,
  rollback: 0.04,
  reopenAfterLost: 0.02,
  reopenAfterWon: 0.015,
  pipelineChange: 0.015,
  pipelineReturn: 0.2,
  deletion: 0.015,
  merge: 0.015,
  doubleMove: 0.01,
  robotMove: 0.05,
  ownerChange: 0.02,
  amountEditAfterWon: 0.04,
  foreignCurrency: 0.01,
  missingAmount: 0.03,
  missingContact: 0.02,
  missingSource: 0.03,
  defaultTitle: 0.02,
  duplicateContact: 0.02,
  unownedImport: 0.1,
  foreignStageUpdate: 0.005,
  emptyUpdate: 0.02,
  silentUpdate: 0.02,
};

/**
 * The company of the worked example: four sellers and a head of sales, a history of six whole months and the present
 * one up to `anchorAt` (milliseconds). In the first month 250 deals enter "new", 75 "meeting held", 60 "proposal
 * sent" and 12 are won for 480 000 roubles together.
 */
export function defaultCompany(options: { anchorAt: number; seed?: number; zone?: string }): CompanyParameters {
  const zone = options.zone ?? DEFAULT_ZONE;
  const endAt = wholeSecond(options.anchorAt);
  const startAt = DateTime.fromMillis(endAt, { zone }).startOf('month').minus({ months: 6 }).toMillis();
  const monthStart = (months: number) => DateTime.fromMillis(startAt, { zone }).plus({ months }).toMillis();
  return {
    seed: options.seed ?? 20_260_101,
    startAt,
    endAt,
    zone,
    keepsWorkingHours: true,
    currency: 'RUB',
    foreignCurrency: { code: 'USD', name: 'Доллар США', rate: '92.5000' },
    people,
    departments,
    pipelines: [retailPipeline(), wholesalePipeline(), leadPipeline(), invoicePipeline()],
    quirks,
    imports: [
      { at: startAt + HOUR_MS, count: 40, datedFrom: startAt - 300 * DAY_MS, datedTo: startAt - DAY_MS },
      { at: monthStart(3) + 5 * DAY_MS, count: 15, datedFrom: monthStart(1) + DAY_MS, datedTo: monthStart(3) },
    ],
    configurationChanges: configurationChanges(monthStart),
    firstMonth: { pipelineId: 'deal:0', entries: [250, 75, 60, 12], wonTotalRoubles: 480_000 },
    detail: 'full',
    plantsBreaches: true,
  };
}

function configurationChanges(monthStart: (months: number) => number): ConfigurationChange[] {
  const passing = { id: 'C5:UC_PILOT', name: 'Пробная партия', semantics: 'P', sort: 35, color: '#C0C0C0' } as const;
  return [
    { at: monthStart(2) + 6 * DAY_MS, kind: 'rename', pipelineId: 'deal:5', stageId: 'C5:NEW', name: 'Новая заявка' },
    { at: monthStart(2) + 7 * DAY_MS, kind: 'add', pipelineId: 'deal:5', stage: passing },
    { at: monthStart(4) + 3 * DAY_MS, kind: 'remove', pipelineId: 'deal:5', stageId: passing.id },
  ];
}
