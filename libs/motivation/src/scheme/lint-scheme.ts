import { kopecksOf, Rational } from '@funnelwatch/kernel';
import type { MotivationScheme } from './scheme.js';

/** `fault`: the scheme cannot be used. `warning`: a person decides. */
export interface SchemeFinding {
  severity: 'fault' | 'warning';
  code: SchemeCode;
  /** Where: `commission.tiers.2.rate`. */
  path: string;
  /** Figures for the words. */
  values: Readonly<Record<string, string>>;
}

export type SchemeCode =
  | 'TABLE_STARTS_LATE'
  | 'TABLE_NOT_ASCENDING'
  | 'TABLE_FALLS'
  | 'RATE_ABOVE_ONE'
  | 'QUOTA_MEASURES_NOTHING'
  | 'INDICATOR_UNKNOWN'
  | 'INDICATOR_TWICE'
  | 'EXTRA_TWICE'
  | 'EXTRA_ENDS_BEFORE_IT_BEGINS'
  | 'BOUNDS_CROSSED'
  | 'QUALITY_LOWERS_TOO_MUCH'
  | 'QUALITY_ON_SALARY'
  | 'STEEP_STEP'
  | 'ONE_INDICATOR_DOMINATES'
  | 'TARGET_UNREACHABLE';

const rational = Rational.ofDecimal;
/** A tier at which so much of the quota's commission is won at once makes people wait for the next month. */
const steepShare = Rational.of(1, 10);
const dominantShare = Rational.of(1, 2);
/** Labour Code art. 135: what a month's wage may fall by at most. */
const mostLowering = Rational.of(1, 5);

/**
 * What is wrong with a scheme and what to think about, in the order of its parts. `indicators`: those the portal counts.
 */
export function lintScheme(scheme: MotivationScheme, indicators: ReadonlySet<string>): SchemeFinding[] {
  return [
    ...ofSalary(scheme, indicators),
    ...ofCommission(scheme),
    ...ofExtras(scheme, indicators),
    ...ofBounds(scheme),
  ];
}

const fault = (code: SchemeCode, path: string, values: Record<string, string> = {}): SchemeFinding => ({
  ...{ severity: 'fault', code, path, values },
});
const warning = (code: SchemeCode, path: string, values: Record<string, string> = {}): SchemeFinding => ({
  ...{ severity: 'warning', code, path, values },
});

/** Bounds from 0 on, each above the one before, and nothing that falls. */
function ofTable(rows: readonly { from: string; value: string }[], path: string, name: string): SchemeFinding[] {
  const found: SchemeFinding[] = [];
  if (rows[0] && rational(rows[0].from).compare(Rational.zero) !== 0)
    found.push(fault('TABLE_STARTS_LATE', `${path}.0.from`, { from: rows[0].from }));
  rows.forEach((row, place) => {
    const before = rows[place - 1];
    if (!before) return;
    if (rational(row.from).compare(rational(before.from)) <= 0)
      found.push(fault('TABLE_NOT_ASCENDING', `${path}.${place}.from`, { from: row.from, before: before.from }));
    if (rational(row.value).compare(rational(before.value)) < 0)
      found.push(fault('TABLE_FALLS', `${path}.${place}.${name}`, { value: row.value, before: before.value }));
  });
  return found;
}

function ofSalary({ salary: { points } }: MotivationScheme, known: ReadonlySet<string>): SchemeFinding[] {
  if (!points) return [];
  const at = 'salary.points';
  const found = ofTable(
    points.table.map(({ from, part }) => ({ from, value: part })),
    `${at}.table`,
    'part',
  );
  const seen = new Set<string>();
  points.indicators.forEach(({ indicator, largestShare }, place) => {
    const path = `${at}.indicators.${place}`;
    if (!known.has(indicator)) found.push(fault('INDICATOR_UNKNOWN', `${path}.indicator`, { indicator }));
    if (seen.has(indicator)) found.push(fault('INDICATOR_TWICE', `${path}.indicator`, { indicator }));
    seen.add(indicator);
    const most = largestShare === undefined ? null : rational(largestShare);
    if (points.indicators.length > 1 && (most === null || most.compare(dominantShare) > 0))
      found.push(warning('ONE_INDICATOR_DOMINATES', `${path}.largestShare`, { indicator, most: '0.5' }));
  });
  const most = points.indicators.map(({ weight, periodCap, largestShare }) => {
    const byCap = periodCap === undefined ? null : Rational.of(weight * periodCap);
    const byShare = largestShare === undefined ? null : rational(largestShare).times(Rational.of(points.target));
    return byCap && byShare ? (byCap.compare(byShare) < 0 ? byCap : byShare) : (byCap ?? byShare);
  });
  const all = most.every((each) => each !== null) ? most.reduce((sum, each) => sum.plus(each), Rational.zero) : null;
  if (all && all.compare(Rational.of(points.target)) < 0)
    found.push(fault('TARGET_UNREACHABLE', `${at}.target`, { most: all.floor().toString() }));
  return found;
}

function ofCommission({ commission }: MotivationScheme): SchemeFinding[] {
  if (!commission) return [];
  const path = 'commission.tiers';
  const found = ofTable(
    commission.tiers.map(({ from, rate }) => ({ from, value: rate })),
    path,
    'rate',
  );
  if (commission.quota !== 'plan' && kopecksOf(commission.quota) === 0n)
    found.push(fault('QUOTA_MEASURES_NOTHING', 'commission.quota'));
  commission.tiers.forEach(({ from, rate }, place) => {
    if (rational(rate).compare(Rational.one) > 0)
      found.push(fault('RATE_ABOVE_ONE', `${path}.${place}.rate`, { rate }));
    const before = commission.tiers[place - 1];
    if (!before || commission.mode !== 'cliff') return;
    // One rouble at the bound is worth the difference of rates on everything sold up to it.
    const jump = rational(rate).minus(rational(before.rate)).times(rational(from));
    const earned = rational(before.rate).times(rational(from));
    if (earned.compare(Rational.zero) > 0 && jump.over(earned).compare(steepShare) > 0)
      found.push(warning('STEEP_STEP', `${path}.${place}`, { from, rate, before: before.rate }));
  });
  return found;
}

function ofExtras({ spiffs = [] }: MotivationScheme, known: ReadonlySet<string>): SchemeFinding[] {
  const seen = new Set<string>();
  return spiffs.flatMap(({ id, indicator, from, to }, place) => {
    const path = `spiffs.${place}`;
    const found: SchemeFinding[] = [];
    if (seen.has(id)) found.push(fault('EXTRA_TWICE', `${path}.id`, { id }));
    seen.add(id);
    if (!known.has(indicator)) found.push(fault('INDICATOR_UNKNOWN', `${path}.indicator`, { indicator }));
    if (to < from) found.push(fault('EXTRA_ENDS_BEFORE_IT_BEGINS', `${path}.to`, { from, to }));
    return found;
  });
}

function ofBounds({ quality, floor, cap }: MotivationScheme): SchemeFinding[] {
  const found: SchemeFinding[] = [];
  if (floor !== undefined && cap !== undefined && (kopecksOf(floor) ?? 0n) > (kopecksOf(cap) ?? 0n))
    found.push(fault('BOUNDS_CROSSED', 'cap', { floor, cap }));
  if (!quality) return found;
  const [least, most] = [rational(quality.least), rational(quality.most)];
  if (least.compare(most) > 0) found.push(fault('BOUNDS_CROSSED', 'quality.most', quality));
  if (Rational.one.minus(least).compare(mostLowering) > 0)
    found.push(warning('QUALITY_LOWERS_TOO_MUCH', 'quality.least', { least: quality.least, most: '0.20' }));
  if (quality.appliesTo !== 'commission') found.push(warning('QUALITY_ON_SALARY', 'quality.appliesTo', {}));
  return found;
}
