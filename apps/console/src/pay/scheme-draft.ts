import type { MotivationScheme } from '../api/schema.js';

/** Rows of the tables as they stand in the fields: shares in per cent. */
export type DraftRow = { from: string; value: string };
type DraftIndicator = { indicator: string; weight: string; dailyCap: string; largestShare: string };

/** A scheme while somebody writes it: amounts in units of the currency, shares in per cent. */
export type SchemeDraft = {
  name: string;
  sellerIds: readonly string[];
  salary: string;
  hasPoints: boolean;
  target: string;
  indicators: readonly DraftIndicator[];
  shape: 'steps' | 'linear';
  table: readonly DraftRow[];
  hasCommission: boolean;
  counted: 'won' | 'paid';
  /** Empty: the seller’s part of the plan. */
  quota: string;
  mode: 'marginal' | 'cliff';
  tiers: readonly DraftRow[];
  floor: string;
  cap: string;
  /** Empty: no bonus. */
  teamBonus: string;
  teamBonusFrom: string;
  quality: 'none' | 'salary' | 'commission' | 'all';
  qualityLeast: string;
  qualityMost: string;
  /** Empty: no advance. */
  draw: string;
  isDrawRecoverable: boolean;
  /** What the form has no fields for; kept as it was written. */
  rest: Partial<MotivationScheme>;
};

/** `12,5` per cent as a share: `0.125`; null when it is none. Exact: the point moves by two places. */
export function shareOfPercent(typed: string): string | null {
  const match = /^(\d{1,5})(?:[.,](\d{1,4}))?$/.exec(typed.trim());
  if (!match) return null;
  const [, whole = '0', fraction = ''] = match;
  const digits = whole.padStart(3, '0');
  const after = `${digits.slice(-2)}${fraction}`.replace(/0+$/, '');
  const before = digits.slice(0, -2).replace(/^0+(?=\d)/, '');
  return after === '' ? before : `${before}.${after}`;
}

/** `0.125` as per cent: `12.5`. */
export function percentOfShare(share: string): string {
  const [whole = '0', fraction = ''] = share.split('.');
  const digits = fraction.padEnd(2, '0');
  const before = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const after = digits.slice(2).replace(/0+$/, '');
  return after === '' ? before : `${before}.${after}`;
}

/** `20 000,5` as an amount of a scheme: `20000.50`; null when it is none. */
export function amountOf(typed: string): string | null {
  const match = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[\s\u00a0\u202f]/g, ''));
  return match ? `${match[1] ?? '0'}.${(match[2] ?? '').padEnd(2, '0')}` : null;
}

/** An amount of a scheme as people write it: kopecks only where there are some. */
const written = (amount: string | undefined): string => (amount ?? '').replace(/\.00$/, '');

/** A draft of a scheme that was written; of a new one with the usual parts. */
export function schemeDraftOf(scheme: MotivationScheme | null, sellerIds: readonly string[]): SchemeDraft {
  const {
    name = '',
    salary,
    commission,
    floor,
    cap,
    teamBonus,
    quality,
    draw,
    ...rest
  } = scheme ?? ({} as Partial<MotivationScheme>);
  const points = salary?.points;
  const rows = (table: readonly { from: string }[], value: (row: never) => string): DraftRow[] =>
    table.map((row) => ({ from: percentOfShare(row.from), value: percentOfShare(value(row as never)) }));
  return {
    ...{ name, sellerIds },
    salary: written(salary?.amount),
    hasPoints: scheme === null || points !== undefined,
    target: points === undefined ? '' : String(points.target),
    indicators: (points?.indicators ?? []).map(({ indicator, weight, dailyCap, largestShare }) => ({
      ...{ indicator, weight: String(weight), dailyCap: dailyCap === undefined ? '' : String(dailyCap) },
      largestShare: largestShare === undefined ? '' : percentOfShare(largestShare),
    })),
    shape: points?.shape ?? 'steps',
    table: points
      ? rows(points.table, ({ part }: { part: string }) => part)
      : [
          { from: '0', value: '50' },
          { from: '80', value: '90' },
          { from: '100', value: '100' },
        ],
    hasCommission: scheme === null || commission !== undefined,
    counted: commission?.counted ?? 'won',
    quota: commission?.quota === 'plan' ? '' : written(commission?.quota),
    mode: commission?.mode ?? 'marginal',
    tiers: commission
      ? rows(commission.tiers, ({ rate }: { rate: string }) => rate)
      : [
          { from: '0', value: '10' },
          { from: '100', value: '15' },
        ],
    teamBonus: written(teamBonus?.amount),
    teamBonusFrom: percentOfShare(teamBonus?.from ?? '1'),
    quality: quality?.appliesTo ?? 'none',
    qualityLeast: percentOfShare(quality?.least ?? '0.9'),
    qualityMost: percentOfShare(quality?.most ?? '1.05'),
    draw: written(draw?.amount),
    isDrawRecoverable: draw?.recoverable ?? true,
    ...{ floor: written(floor), cap: written(cap), rest: scheme === null ? { currency: 'RUB' } : rest },
  };
}

/** What a draft says as a scheme; null with the names of the fields that cannot be read yet. */
export function schemeOf(draft: SchemeDraft): { scheme: MotivationScheme | null; unreadable: string[] } {
  const unreadable: string[] = [];
  const read = <Value>(field: string, value: Value | null, instead: Value): Value => {
    if (value === null) unreadable.push(field);
    return value ?? instead;
  };
  const whole = (text: string) => (/^\d{1,7}$/.test(text.trim()) && Number(text) > 0 ? Number(text) : null);
  const share = (field: string, text: string) => read(field, shareOfPercent(text), '0');
  const amount = (field: string, text: string) => read(field, amountOf(text), '0.00');
  if (draft.name.trim() === '') unreadable.push('name');
  if (draft.sellerIds.length === 0) unreadable.push('sellerIds');
  const points = draft.hasPoints && {
    target: read('target', whole(draft.target), 1),
    indicators: draft.indicators.map(({ indicator, weight, dailyCap, largestShare }, place) => ({
      ...{ indicator: read(`indicators.${place}.indicator`, indicator || null, '') },
      weight: read(`indicators.${place}.weight`, whole(weight), 1),
      ...(dailyCap.trim() !== '' && { dailyCap: read(`indicators.${place}.dailyCap`, whole(dailyCap), 1) }),
      ...(largestShare.trim() !== '' && { largestShare: share(`indicators.${place}.largestShare`, largestShare) }),
    })),
    shape: draft.shape,
    table: draft.table.map(({ from, value }, place) => ({
      ...{ from: share(`table.${place}.from`, from), part: share(`table.${place}.value`, value) },
    })),
  };
  if (draft.hasPoints && draft.indicators.length === 0) unreadable.push('indicators');
  const commission = draft.hasCommission && {
    ...{ counted: draft.counted, mode: draft.mode },
    quota: draft.quota.trim() === '' ? ('plan' as const) : amount('quota', draft.quota),
    tiers: draft.tiers.map(({ from, value }, place) => ({
      ...{ from: share(`tiers.${place}.from`, from), rate: share(`tiers.${place}.value`, value) },
    })),
  };
  const scheme: MotivationScheme = {
    ...(draft.rest as MotivationScheme),
    name: draft.name.trim(),
    salary: { amount: amount('salary', draft.salary), ...(points && { points }) },
    ...(commission && { commission }),
    ...(draft.floor.trim() !== '' && { floor: amount('floor', draft.floor) }),
    ...(draft.cap.trim() !== '' && { cap: amount('cap', draft.cap) }),
    ...(draft.teamBonus.trim() !== '' && {
      teamBonus: { amount: amount('teamBonus', draft.teamBonus), from: share('teamBonusFrom', draft.teamBonusFrom) },
    }),
    ...(draft.quality !== 'none' && {
      quality: {
        appliesTo: draft.quality,
        ...{ least: share('qualityLeast', draft.qualityLeast), most: share('qualityMost', draft.qualityMost) },
      },
    }),
    ...(draft.draw.trim() !== '' && {
      draw: { amount: amount('draw', draft.draw), recoverable: draft.isDrawRecoverable },
    }),
  };
  return { scheme: unreadable.length === 0 ? scheme : null, unreadable };
}
