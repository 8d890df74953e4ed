import { DateTime } from 'luxon';
import { DAY_MS, wholeSecond } from '../world/portal-calendar.js';
import { Randomness } from '../world/randomness.js';
import type { CompanyParameters, ConfigurationChange, PipelineParameters, QuirkRates } from './company-parameters.js';
import { DEFAULT_ZONE } from './default-company.js';
import { invoicePipeline, leadPipeline, retailPipeline, wholesalePipeline } from './main-pipelines.js';
import { departments, people } from './people.js';

/** Every awkward thing happens so often that a few dozen deals show most of them. */
export const frequentQuirks: QuirkRates = {
  createdInMiddle: 0.15,
  createdWon: 0.08,
  skip: 0.2,
  rollback: 0.25,
  reopenAfterLost: 0.35,
  reopenAfterWon: 0.25,
  pipelineChange: 0.2,
  pipelineReturn: 0.4,
  deletion: 0.1,
  merge: 0.1,
  doubleMove: 0.25,
  robotMove: 0.2,
  ownerChange: 0.15,
  amountEditAfterWon: 0.3,
  foreignCurrency: 0.1,
  missingAmount: 0.1,
  missingContact: 0.15,
  missingSource: 0.15,
  defaultTitle: 0.1,
  duplicateContact: 0.1,
  unownedImport: 0.3,
  foreignStageUpdate: 0.08,
  emptyUpdate: 0.1,
  silentUpdate: 0.1,
};

export interface TinyCompanyOptions {
  /** New deals that begin by themselves; duplicates and imports come on top. At most 60. */
  deals?: number;
  /** Milliseconds; the first of September 2026 in the zone when left out. */
  startAt?: number;
  months?: number;
  zone?: string;
  /** Remove a stage that objects have stood in. Only an observer who was there before knows its place. */
  removesUsedStage?: boolean;
}

/** A small company, different for each seed, in which every awkward case turns up often. */
export function tinyCompany(seed: number, options: TinyCompanyOptions = {}): CompanyParameters {
  const zone = options.zone ?? DEFAULT_ZONE;
  const random = new Randomness(seed * 7919 + 17);
  const months = options.months ?? 1;
  const startAt = wholeSecond(options.startAt ?? DateTime.fromISO('2026-09-01T00:00:00', { zone }).toMillis());
  const endAt = DateTime.fromMillis(startAt, { zone }).plus({ months }).toMillis();
  const days = (endAt - startAt) / DAY_MS;
  const deals = Math.min(60, options.deals ?? random.integer(20, 48)) / months;
  const retail = hurried(retailPipeline(), deals * 0.65, random);
  const wholesale = hurried(wholesalePipeline(), deals * 0.35, random);
  const leads = hurried(leadPipeline(), Math.max(4, deals * 0.25), random);
  return {
    seed,
    startAt,
    endAt,
    zone,
    keepsWorkingHours: false,
    currency: 'RUB',
    foreignCurrency: { code: 'USD', name: 'Доллар США', rate: '92.5000' },
    people,
    departments,
    pipelines: [retail, wholesale, leads, { ...invoicePipeline(), medianDwellDays: [0.3, 1] }],
    quirks: frequentQuirks,
    imports: [
      {
        at: startAt + Math.floor(random.next() * days * 0.9) * DAY_MS + 3_600_000,
        count: random.integer(2, 6),
        datedFrom: startAt - 40 * DAY_MS,
        datedTo: startAt,
      },
    ],
    configurationChanges: configurationChanges(random, startAt, days, options.removesUsedStage ?? false),
    firstMonth: null,
    detail: 'full',
    plantsBreaches: false,
  };
}

/** The same pipeline with stays of hours to days and fair odds, so that much happens within a month. */
export function hurried(pipeline: PipelineParameters, monthlyArrivals: number, random: Randomness): PipelineParameters {
  return {
    ...pipeline,
    monthlyArrivals,
    conversions: pipeline.conversions.map(() => 0.45 + random.next() * 0.4),
    lossShare: 0.8,
    medianDwellDays: pipeline.medianDwellDays.map(() => 0.1 + random.next() * 2.5),
    dwellSigma: 1,
    leadShare: 0.3,
  };
}

function configurationChanges(
  random: Randomness,
  startAt: number,
  days: number,
  removesUsedStage: boolean,
): ConfigurationChange[] {
  const changes: ConfigurationChange[] = [];
  const someDay = () => startAt + Math.floor((0.1 + random.next() * 0.7) * days) * DAY_MS + 7_200_000;
  if (random.chance(0.6)) {
    changes.push({ at: someDay(), kind: 'rename', pipelineId: 'deal:0', stageId: 'NEW', name: 'Новое обращение' });
  }
  if (random.chance(0.5)) {
    const at = someDay();
    const pipelineId = 'deal:5';
    changes.push({ at, kind: 'resort', pipelineId, stageId: 'C5:PREPARATION', sort: 30 });
    changes.push({ at, kind: 'resort', pipelineId, stageId: 'C5:EXECUTING', sort: 20 });
  }
  if (random.chance(0.5)) {
    const at = someDay();
    const stage = { id: 'UC_PILOT', name: 'Пробная партия', semantics: 'P', sort: 25, color: '#C0C0C0' } as const;
    changes.push({ at, kind: 'add', pipelineId: 'deal:0', stage });
    if (random.chance(0.6)) {
      changes.push({ at: at + 2 * DAY_MS, kind: 'remove', pipelineId: 'deal:0', stageId: stage.id });
    }
  }
  if (removesUsedStage) {
    const at = startAt + Math.floor(days * 0.9) * DAY_MS;
    changes.push({ at, kind: 'remove', pipelineId: 'deal:5', stageId: 'C5:EXECUTING' });
  }
  return changes.sort((one, other) => one.at - other.at);
}
