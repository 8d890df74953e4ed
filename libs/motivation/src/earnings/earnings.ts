import { kopecksOf, Rational } from '@funnelwatch/kernel';
import type { MotivationScheme } from '../scheme/scheme.js';
import { commissionOf } from './commission.js';
import { salaryPart, scoreOf, type Score } from './score.js';

/** What somebody did and sold in a period, as far as a scheme asks. */
export interface Performance {
  /** Credited actions by indicator, daily caps applied. */
  actions: Readonly<Record<string, number>>;
  /** What counts as sold, of the kind the scheme counts. */
  soldKopecks: bigint;
  /** The seller's part of the plan; null without one. */
  planKopecks: bigint | null;
  /** The team's fact over its plan; null without a plan. */
  teamAttainment: Rational | null;
  /** Quality of work; null without evidence, which changes nothing. */
  quality: Rational | null;
  /** What of earlier advances was not earned yet. */
  advanceKopecks: bigint;
  /** Credited actions of each extra, by its id, in the order of time; from its first to its last day. */
  extras: Readonly<Record<string, number>>;
}

export type LineKind =
  'salary' | 'commission' | 'spiff' | 'team-bonus' | 'floor' | 'cap' | 'advance' | 'advance-recovery';

/** One line of what somebody earns. `because` names the figures it follows from, as texts that can be compared. */
export interface EarningLine {
  kind: LineKind;
  /** Which extra; null otherwise. */
  id: string | null;
  kopecks: bigint;
  because: Readonly<Record<string, string>>;
}

export interface Earnings {
  score: Score | null;
  lines: readonly EarningLine[];
  totalKopecks: bigint;
  /** What of advances is left to be earned afterwards. */
  advanceKopecks: bigint;
}

/**
 * What somebody earns in a period by a scheme: each line rounded half up to whole kopecks, their sum the total. Parts first,
 * then the floor and the cap over all, then advances. Throws a RangeError where the scheme goes by a plan and there is none.
 */
export function earningsOf(scheme: MotivationScheme, performance: Performance): Earnings {
  const { points } = scheme.salary;
  const score = points ? scoreOf(points, performance.actions) : null;
  const lines: EarningLine[] = [
    salaryLine(scheme, performance, score),
    ...commissionLine(scheme, performance),
    ...extraLines(scheme, performance),
    ...teamBonusLine(scheme, performance),
  ];
  bound(lines, scheme);
  const advanceKopecks = advance(lines, scheme, performance.advanceKopecks);
  return { score, lines, totalKopecks: totalOf(lines), advanceKopecks };
}

const totalOf = (lines: readonly EarningLine[]): bigint => lines.reduce((sum, { kopecks }) => sum + kopecks, 0n);

/** What sales are measured by; null where that is a plan and there is none, or nothing. */
export function quotaOf({ commission }: MotivationScheme, planKopecks: bigint | null): bigint | null {
  if (!commission) return null;
  const quota = commission.quota === 'plan' ? planKopecks : amountOf(commission.quota);
  return quota !== null && quota > 0n ? quota : null;
}

/** An amount of a scheme, whole kopecks. */
const amountOf = (text: string): bigint => {
  const kopecks = kopecksOf(text);
  if (kopecks === null) throw new RangeError(`${text} is no amount.`);
  return kopecks;
};

function salaryLine(scheme: MotivationScheme, performance: Performance, score: Score | null): EarningLine {
  const { amount, points } = scheme.salary;
  const part = points && score ? salaryPart(points, score.ratio) : Rational.one;
  const quality = qualityFor('salary', scheme, performance);
  return {
    kind: 'salary',
    id: null,
    kopecks: Rational.of(amountOf(amount)).times(part).times(quality).round(),
    because: {
      salary: amount,
      part: part.toString(),
      ...(score ? { points: score.points.toString(), target: String(points?.target) } : {}),
      ...(scheme.quality ? { quality: quality.toString() } : {}),
    },
  };
}

function commissionLine(scheme: MotivationScheme, performance: Performance): EarningLine[] {
  const { commission } = scheme;
  if (!commission) return [];
  const quotaKopecks = quotaOf(scheme, performance.planKopecks);
  if (quotaKopecks === null) throw new RangeError('There is no quota to measure sales by.');
  const { soldKopecks } = performance;
  const paid = commissionOf(commission, soldKopecks, quotaKopecks);
  const quality = qualityFor('commission', scheme, performance);
  return [
    {
      kind: 'commission',
      id: null,
      kopecks: paid.exact.times(quality).round(),
      because: {
        soldKopecks: soldKopecks.toString(),
        quotaKopecks: quotaKopecks.toString(),
        attainment: paid.attainment.toString(),
        rate: paid.rate.toString(),
        mode: commission.mode,
        ...(scheme.quality ? { quality: quality.toString() } : {}),
      },
    },
  ];
}

function extraLines(scheme: MotivationScheme, { extras }: Performance): EarningLine[] {
  return (scheme.spiffs ?? []).flatMap(({ id, amount }) => {
    const count = extras[id] ?? 0;
    if (count === 0) return [];
    const because = { amount, count: String(count) };
    return [{ kind: 'spiff', id, kopecks: amountOf(amount) * BigInt(count), because }] satisfies EarningLine[];
  });
}

function teamBonusLine({ teamBonus }: MotivationScheme, { teamAttainment }: Performance): EarningLine[] {
  if (!teamBonus || teamAttainment === null) return [];
  if (teamAttainment.compare(Rational.ofDecimal(teamBonus.from)) < 0) return [];
  const because = { attainment: teamAttainment.toString(), from: teamBonus.from };
  return [{ kind: 'team-bonus', id: null, kopecks: amountOf(teamBonus.amount), because }];
}

/** Quality within its bounds where it applies; nothing known changes nothing. */
function qualityFor(part: 'salary' | 'commission', { quality }: MotivationScheme, performance: Performance): Rational {
  if (!quality || performance.quality === null || (quality.appliesTo !== part && quality.appliesTo !== 'all'))
    return Rational.one;
  const [least, most] = [Rational.ofDecimal(quality.least), Rational.ofDecimal(quality.most)];
  if (performance.quality.compare(least) < 0) return least;
  return performance.quality.compare(most) > 0 ? most : performance.quality;
}

function bound(lines: EarningLine[], { floor, cap }: MotivationScheme): void {
  const total = totalOf(lines);
  if (floor !== undefined && total < amountOf(floor))
    lines.push({ kind: 'floor', id: null, kopecks: amountOf(floor) - total, because: { floor } });
  if (cap !== undefined && total > amountOf(cap))
    lines.push({ kind: 'cap', id: null, kopecks: amountOf(cap) - total, because: { cap } });
}

/** Pays the advance up, or takes back what was advanced before; returns what is left of it. */
function advance(lines: EarningLine[], { draw }: MotivationScheme, before: bigint): bigint {
  if (!draw) return before;
  const total = totalOf(lines);
  const amount = amountOf(draw.amount);
  if (total < amount) {
    const kopecks = amount - total;
    lines.push({ kind: 'advance', id: null, kopecks, because: { draw: draw.amount } });
    return draw.recoverable ? before + kopecks : before;
  }
  const back = before < total - amount ? before : total - amount;
  if (back > 0n) {
    const because = { draw: draw.amount, advanceKopecks: before.toString() };
    lines.push({ kind: 'advance-recovery', id: null, kopecks: -back, because });
  }
  return before - back;
}
