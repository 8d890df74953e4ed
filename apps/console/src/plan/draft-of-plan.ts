import type { Plan } from '../api/schema.js';
import { addMonths } from '../format/dates.js';
import { formatKopecks } from '../format/numbers.js';
import type { Language } from '../i18n/language.js';
import type { PlanDraft } from './plan-draft.js';

/** The form of a plan that is known, or of a new one of a month. */
export function draftOf(plan: Plan | null, month: string, language: Language): PlanDraft {
  const content = plan?.versions.at(-1)?.content;
  const money = (kopecks: string | null | undefined) =>
    kopecks == null ? '' : formatKopecks(BigInt(kopecks), language);
  return {
    name: content?.name ?? '',
    pipelineId: plan?.pipelineId ?? '',
    teamId: plan?.teamId ?? '',
    target: money(content?.targetKopecks),
    averageSale: money(content?.averageSaleKopecks),
    statedSales: content?.statedSales == null ? '' : String(content.statedSales),
    margin: money(content?.marginKopecks),
    breakEven: money(content?.breakEven?.kopecks),
    breakEvenBasis: content?.breakEven?.basis ?? 'unknown',
    // A quarter that ends a month before, so that what entered it had time to become a sale.
    from: content?.base.from ?? `${addMonths(month, -4)}-01`,
    to: content?.base.to ?? `${addMonths(month, -1)}-01`,
    horizonDays: content?.base.horizonDays == null ? '' : String(content.base.horizonDays),
    stageIds: content?.steps.map(({ indicatorId }) => indicatorId) ?? [],
    method: content?.base.method ?? 'cohort',
    given: content?.base.method === 'given' ? content.steps : null,
    pooling: content?.base.pooling ?? 'pooled',
    days: daysOf(content?.sellers ?? []),
    rounding: content?.rounding ?? 'final',
    split: content?.split ?? 'up',
    sellerIds: content?.sellers.map(({ userId }) => userId) ?? [],
  };
}

/** Days of each where they differ, so that parts stay as they are; a plan in which all weigh alike says nothing of days. */
function daysOf(sellers: readonly { userId: string; weight: number }[]): Record<string, string> {
  if (new Set(sellers.map(({ weight }) => weight)).size < 2) return {};
  return Object.fromEntries(sellers.map(({ userId, weight }) => [userId, String(weight)]));
}
