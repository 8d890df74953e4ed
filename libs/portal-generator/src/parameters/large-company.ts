import { DateTime } from 'luxon';
import { DAY_MS, wholeSecond } from '../world/portal-calendar.js';
import type { CompanyParameters } from './company-parameters.js';
import { DEFAULT_ZONE, defaultCompany } from './default-company.js';

/**
 * A company for measuring: about `deals` deals (10 000 to 100 000) over a year before `anchorAt`, three activities
 * each or fewer, no plants. Its script is made while it is read, so memory holds the open objects only.
 */
export function largeCompany(options: { deals: number; anchorAt: number; seed?: number }): CompanyParameters {
  const zone = DEFAULT_ZONE;
  const endAt = wholeSecond(options.anchorAt);
  const startAt = DateTime.fromMillis(endAt, { zone }).startOf('day').minus({ months: 12 }).toMillis();
  const base = defaultCompany({ anchorAt: endAt, seed: options.seed ?? 1 });
  const monthly = (options.deals / (endAt - startAt)) * DAY_MS * 30.44;
  const arrivals: Record<string, number> = {
    'deal:0': monthly * 0.85,
    'deal:5': monthly * 0.15,
    'lead:0': monthly * 0.2,
  };
  return {
    ...base,
    startAt,
    pipelines: base.pipelines.map((pipeline) => ({
      ...pipeline,
      monthlyArrivals: arrivals[`${pipeline.kind}:${pipeline.categoryId}`] ?? 0,
    })),
    imports: [],
    configurationChanges: [],
    firstMonth: null,
    detail: 'light',
    plantsBreaches: false,
  };
}
