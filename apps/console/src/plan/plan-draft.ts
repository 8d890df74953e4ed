import type { ConversionBase, PlanContent } from '../api/schema.js';

/** A plan while somebody writes it: amounts and counts as they stand in the fields. */
export type PlanDraft = {
  name: string;
  pipelineId: string;
  teamId: string;
  target: string;
  averageSale: string;
  statedSales: string;
  margin: string;
  breakEven: string;
  breakEvenBasis: 'revenue' | 'margin' | 'unknown';
  from: string;
  to: string;
  horizonDays: string;
  /** Stages that are planned for, in the order of the funnel; the won one is always the last. */
  stageIds: readonly string[];
  rounding: 'final' | 'step';
  split: 'up' | 'exact';
  sellerIds: readonly string[];
};

/** An id for a stage as an indicator: `deal:0`, `C1:PREPARATION` → `deal-0-c1-preparation`. */
export function indicatorOf(pipelineId: string, stageId: string): string {
  const slug = `${pipelineId}-${stageId}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return (
    slug
      .replace(/^[^a-z]+/, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'stage'
  );
}

/** Whole kopecks of roubles as somebody types them: `40 000,50`; null when they are none. */
export function kopecksOf(typed: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, whole = '0', fraction = ''] = match;
  return (BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'))).toString();
}

/** Fields of a draft that cannot be read yet. */
export function unreadable(draft: PlanDraft): (keyof PlanDraft)[] {
  const isAmount = (text: string) => kopecksOf(text) !== null;
  const checks: [keyof PlanDraft, boolean][] = [
    ['name', draft.name.trim() !== ''],
    ['target', isAmount(draft.target)],
    ['averageSale', isAmount(draft.averageSale)],
    ['statedSales', /^\d{0,9}$/.test(draft.statedSales.trim())],
    ['margin', draft.margin.trim() === '' || isAmount(draft.margin)],
    ['breakEven', draft.breakEven.trim() === '' || isAmount(draft.breakEven)],
    ['horizonDays', /^\d{0,4}$/.test(draft.horizonDays.trim())],
    ['sellerIds', draft.sellerIds.length > 0],
    ['teamId', draft.teamId !== ''],
  ];
  return checks.filter(([, isReadable]) => !isReadable).map(([name]) => name);
}

/** What a readable draft says, with conversions from how many reached each stage. */
export function contentOf(draft: PlanDraft, base: ConversionBase | undefined): PlanContent {
  const optional = (text: string) => (text.trim() === '' ? null : kopecksOf(text));
  const reached = new Map((base?.stages ?? []).map((stage) => [stage.stageId, stage.reached]));
  const last = base?.stages.at(-1)?.reached ?? 0;
  const counts = [...draft.stageIds.map((stageId) => reached.get(stageId) ?? 0), last];
  const breakEven = optional(draft.breakEven);
  return {
    name: draft.name.trim(),
    targetKopecks: kopecksOf(draft.target) ?? '0',
    averageSaleKopecks: kopecksOf(draft.averageSale) ?? '0',
    statedSales: draft.statedSales.trim() === '' ? null : Number(draft.statedSales),
    marginKopecks: optional(draft.margin),
    breakEven:
      breakEven === null
        ? null
        : { kopecks: breakEven, basis: draft.breakEvenBasis === 'unknown' ? null : draft.breakEvenBasis },
    steps: draft.stageIds.map((stageId, place) => ({
      indicatorId: indicatorOf(draft.pipelineId, stageId),
      entered: counts[place] ?? 0,
      converted: counts[place + 1] ?? 0,
    })),
    base: {
      method: 'cohort',
      from: draft.from,
      to: draft.to,
      horizonDays: draft.horizonDays.trim() === '' ? null : Number(draft.horizonDays),
      pooling: 'pooled',
    },
    rounding: draft.rounding,
    split: draft.split,
    sellers: draft.sellerIds.map((userId) => ({ userId, weight: 1 })),
  };
}

/** Conversions and the average sale as somebody tries them: shares of a thousand by indicator, whole kopecks. */
export type WhatIf = { conversions: Readonly<Record<string, number>>; averageSaleKopecks: string | null };

export const nothingTried: WhatIf = { conversions: {}, averageSaleKopecks: null };

export const isTried = ({ conversions, averageSaleKopecks }: WhatIf): boolean =>
  Object.keys(conversions).length > 0 || averageSaleKopecks !== null;

/** The plan as it would be with what is tried. */
export function triedContent(content: PlanContent, { conversions, averageSaleKopecks }: WhatIf): PlanContent {
  return {
    ...content,
    averageSaleKopecks: averageSaleKopecks ?? content.averageSaleKopecks,
    // What was handed down does not bind a trial.
    statedSales: null,
    steps: content.steps.map((step) => {
      const thousandths = conversions[step.indicatorId];
      return thousandths === undefined ? step : { ...step, entered: 1000, converted: thousandths };
    }),
  };
}
