import { Rational } from '@funnelwatch/kernel';
import type { Indicator } from '@funnelwatch/plan';
import type { MonthFigures, ScoreIndicatorRow, ScoreRow, ScoreThresholdRow } from '@funnelwatch/reporting';
import type { PersonOfMonth } from '../pay/month-of-pay.js';
import { type Standing, standingInMonth } from '../pay/score-of-month.js';
import { namesOf } from './names-of-indicators.js';

type ScoreFigures = Pick<MonthFigures, 'scores' | 'scoreIndicators' | 'scoreThresholds'>;

/** Points of everybody whom a scheme with points pays, and its bounds. Of amounts and parts of pay nothing. */
export function scoreFigures(people: readonly PersonOfMonth[], indicators: readonly Indicator[]): ScoreFigures {
  const standing = people.flatMap((person) => {
    const found = standingInMonth(person.paying);
    return found ? [{ person, standing: found }] : [];
  });
  return {
    scores: standing.map(({ person, standing }) => scoreRow(person, standing)),
    scoreIndicators: standing.flatMap(({ person, standing }) => indicatorRows(person, standing, indicators)),
    scoreThresholds: standing.flatMap(({ person }) => thresholdRows(person)),
  };
}

function scoreRow({ userId, paying }: PersonOfMonth, { target, score, reached, next }: Standing): ScoreRow {
  return {
    ...{ userId, schemeId: paying.schemeId, version: paying.version },
    points: decimalOf(score.points),
    target: String(target),
    ratio: score.ratio.toNumber(),
    reached: reached?.toNumber() ?? null,
    nextThreshold: next?.from.toNumber() ?? null,
    pointsMissing: next?.missing.toString() ?? null,
  };
}

const indicatorRows = (
  { userId }: PersonOfMonth,
  { score }: Standing,
  indicators: readonly Indicator[],
): ScoreIndicatorRow[] =>
  score.indicators.map(({ indicator, actions, credited, points }) => ({
    ...{ userId, ...namesOf(indicator, indicators), actions, credited, points: decimalOf(points) },
  }));

const thresholdRows = ({ paying }: PersonOfMonth): ScoreThresholdRow[] =>
  (paying.scheme.salary.points?.table ?? []).map(({ from }) => ({
    ...{ schemeId: paying.schemeId, version: paying.version, fromRatio: Rational.ofDecimal(from).toNumber() },
  }));

const digits = 6;

/** Points as a decimal text; exact, as a scheme has whole weights and shares of at most six digits. */
function decimalOf(points: Rational): string {
  const scaled = points.times(Rational.of(10n ** BigInt(digits))).round();
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  return `${scaled < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
