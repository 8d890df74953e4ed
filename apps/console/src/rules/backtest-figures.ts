import type { Backtest, BacktestFigures, ParameterValue, RuleParameter } from '../api/schema.js';
import { weeksIn } from '../format/weeks.js';
import { isSame } from './parameter-draft.js';

/** Whether nothing more happens to a backtest. */
export const isOver = ({ state }: Pick<Backtest, 'state'>): boolean => state !== 'waiting' && state !== 'running';

/** How far a backtest is, 0 to 100; 0 while nobody knows how much there is to look at. */
export function percentDone({ state, done, total }: Pick<Backtest, 'state' | 'done' | 'total'>): number {
  if (state === 'done') return 100;
  return total === null || total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100));
}

/** A share with its sum: null where there is nothing to divide by. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Cases of every week of the period, also of weeks without any. */
export function casesByWeek(
  { byWeek }: Pick<BacktestFigures, 'byWeek'>,
  period: Backtest['period'],
): { week: string; cases: number }[] {
  const known = new Map(byWeek.map(({ week, cases }) => [week, cases]));
  const first = byWeek[0]?.week;
  const last = byWeek.at(-1)?.week;
  const weeks =
    period === null
      ? first === undefined || last === undefined
        ? []
        : [...weeksIn(first, last), last]
      : weeksIn(period.from, period.to);
  return weeks.map((week) => ({ week, cases: known.get(week) ?? 0 }));
}

/** People by name: a backtest tells how much a rule would ask of whom, and makes no order of merit. */
export function peopleByName<Row extends { person: string }>(
  rows: readonly Row[],
  nameOf: (userId: string) => string,
  locale: string,
): (Row & { name: string })[] {
  return rows
    .map((row) => ({ ...row, name: nameOf(row.person) }))
    .sort((left, right) => left.name.localeCompare(right.name, locale));
}

/** Parameters that were tried with another value than the rule has now. */
export function triedOtherwise(
  tried: Backtest['parameters'],
  parameters: readonly RuleParameter[],
): { parameter: RuleParameter; value: ParameterValue }[] {
  return parameters.flatMap((parameter) => {
    const value = tried[parameter.name] ?? parameter.default;
    return isSame(value, parameter.value) ? [] : [{ parameter, value }];
  });
}

/** The newest finished backtest of a rule as it is set now; undefined when it was never tried so. */
export function lastAsSet(
  backtests: readonly Backtest[],
  ruleId: string,
  parameters: readonly RuleParameter[],
): Backtest | undefined {
  return backtests.find(
    (each) =>
      each.ruleId === ruleId && each.state === 'done' && triedOtherwise(each.parameters, parameters).length === 0,
  );
}
