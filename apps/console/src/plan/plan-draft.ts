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
  /** Deals that are followed, entries and actions of a period beside each other, or what a sheet said. */
  method: 'cohort' | 'period' | 'given';
  /** Conversions that were given instead of counted; null where there were none. */
  given: PlanContent['steps'] | null;
  /** One conversion for all, or each seller’s own, drawn towards the team’s. */
  pooling: 'pooled' | 'shrunk';
  /** Activities and stages that are planned for, in order; the won stage is always the last. */
  stageIds: readonly string[];
  rounding: 'final' | 'step';
  split: 'up' | 'exact';
  sellerIds: readonly string[];
  /** Working days of those who are not there all month, by user: absent for a while, or new. */
  days: Readonly<Record<string, string>>;
};

type PlannedActivity = ConversionBase['activities'][number];

/** An id for an activity among stages: `activity:letter:outgoing`. */
export const stepOfActivity = ({ activity, direction }: Pick<PlannedActivity, 'activity' | 'direction'>): string =>
  `activity:${activity}:${direction}`;

/** An id for a stage or activity as an indicator: `deal:0`, `C1:PREPARATION` → `deal-0-c1-preparation`. */
export function indicatorOf(pipelineId: string, stageId: string): string {
  const isActivity = stageId.startsWith('activity:');
  const slug = (isActivity ? stageId : `${pipelineId}-${stageId}`).toLowerCase().replace(/[^a-z0-9]+/g, '-');
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
    ['days', draft.sellerIds.every((userId) => /^\d{0,2}$/.test((draft.days[userId] ?? '').trim()))],
    ['teamId', draft.teamId !== ''],
  ];
  return checks.filter(([, isReadable]) => !isReadable).map(([name]) => name);
}

/**
 * What a readable draft says, with conversions as given or from how many reached each stage; sellers weigh by their working days, of so
 * many in the month.
 */
export function contentOf(draft: PlanDraft, base: ConversionBase | undefined, workingDays: number): PlanContent {
  const optional = (text: string) => (text.trim() === '' ? null : kopecksOf(text));
  const reached = new Map([
    ...(base?.activities ?? []).map((one): [string, number] => [stepOfActivity(one), one.done]),
    ...(base?.stages ?? []).map((stage): [string, number] => [stage.stageId, stage.reached]),
  ]);
  const last = base?.stages.at(-1)?.reached ?? 0;
  const counts = [...draft.stageIds.map((stageId) => reached.get(stageId) ?? 0), last];
  const breakEven = optional(draft.breakEven);
  const counted = draft.stageIds.map((stageId, place) => ({
    indicatorId: indicatorOf(draft.pipelineId, stageId),
    entered: counts[place] ?? 0,
    converted: counts[place + 1] ?? 0,
  }));
  const given = draft.method === 'given' ? (draft.given ?? []) : null;
  const isShrunk = draft.method === 'cohort' && draft.pooling === 'shrunk';
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
    steps: given ?? counted,
    base: {
      method: draft.method,
      from: given ? null : draft.from,
      to: given ? null : draft.to,
      horizonDays: draft.method === 'cohort' && draft.horizonDays.trim() !== '' ? Number(draft.horizonDays) : null,
      pooling: isShrunk ? 'shrunk' : 'pooled',
    },
    rounding: draft.rounding,
    split: draft.split,
    sellers: draft.sellerIds.map((userId) => {
      const days = (draft.days[userId] ?? '').trim();
      const weight = days === '' ? workingDays : Number(days);
      return { userId, weight, ...(isShrunk && { conversions: ownConversions(draft.stageIds, base, userId) }) };
    }),
  };
}

/** What a seller’s own deals did of each step; nothing for somebody without deals in the window. */
function ownConversions(stageIds: readonly string[], base: ConversionBase | undefined, userId: string) {
  const own = base?.sellers.find((seller) => seller.userId === userId)?.stages ?? [];
  const last = base?.stages.at(-1)?.stageId ?? '';
  const reached = [...stageIds, last].map((id) => own.find(({ stageId }) => stageId === id)?.reached ?? 0);
  return stageIds.map((_, place) => ({ entered: reached[place] ?? 0, converted: reached[place + 1] ?? 0 }));
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
