import type { Discipline, DisciplineRate } from '../api/schema.js';
import { weeksIn } from '../format/weeks.js';

type Cell = Discipline['cells'][number];

/** Fewer checks say nothing about a share. */
const FEW = 5;

/** A line of the page: violations of checks, as the API counts them, and its weeks. */
export type DisciplineRow = {
  /** Id of a rule, user of the portal (empty: nobody named), or Monday of a week. */
  key: string;
  violations: number;
  checks: number;
  /** Null where there are too few checks to say it. */
  rate: DisciplineRate;
  weeks: readonly { week: string; violations: number; checks: number }[];
};

const saidRate = (rate: DisciplineRate, checks: number): DisciplineRate => (checks < FEW ? null : rate);

function weeksOf(cells: readonly Cell[], weeks: readonly string[]): DisciplineRow['weeks'] {
  return weeks.map((week) => {
    const those = cells.filter((cell) => cell.week === week);
    const sum = (field: 'violations' | 'checks') => those.reduce((total, cell) => total + cell[field], 0);
    return { week, violations: sum('violations'), checks: sum('checks') };
  });
}

/** Lines by rule, in the order of ids. */
export function rowsByRule({ byRule, cells, from, to }: Discipline): DisciplineRow[] {
  const weeks = weeksIn(from, to);
  return byRule.map(({ ruleId, violations, checks, rate }) => ({
    ...{ key: ruleId, violations, checks, rate: saidRate(rate, checks) },
    weeks: weeksOf(
      cells.filter((cell) => cell.ruleId === ruleId),
      weeks,
    ),
  }));
}

/** Lines by person, by the alphabet and never by figures; nobody in particular comes last. */
export function rowsByPerson(
  { byPerson, cells, from, to }: Discipline,
  locale: string,
  namelessOf: (userId: string) => string,
): (DisciplineRow & { name: string | null })[] {
  const weeks = weeksIn(from, to);
  return byPerson
    .map(({ person, violations, checks, rate }) => ({
      ...{ key: person?.userId ?? '', violations, checks, rate: saidRate(rate, checks) },
      name: person === null ? null : (person.name ?? namelessOf(person.userId)),
      weeks: weeksOf(
        cells.filter((cell) => (cell.person?.userId ?? '') === (person?.userId ?? '')),
        weeks,
      ),
    }))
    .sort((left, right) => {
      if (left.name === null || right.name === null) return Number(left.name === null) - Number(right.name === null);
      return left.name.localeCompare(right.name, locale);
    });
}

/** Lines by week, the newest first; weeks without a check are there, too. */
export function rowsByWeek({ byWeek, from, to }: Discipline): DisciplineRow[] {
  const known = new Map(byWeek.map((each) => [each.week, each]));
  return weeksIn(from, to)
    .reverse()
    .map((week) => {
      const { violations = 0, checks = 0, rate = null } = known.get(week) ?? {};
      return { key: week, violations, checks, rate: saidRate(rate, checks), weeks: [] };
    });
}

/** Everything together. */
export function totalOf({ byRule }: Pick<Discipline, 'byRule'>): { violations: number; checks: number } {
  return {
    violations: byRule.reduce((sum, { violations }) => sum + violations, 0),
    checks: byRule.reduce((sum, { checks }) => sum + checks, 0),
  };
}

/** Stages together: of all that left a stage, how many passed it cleanly. */
export function firstPass({ stages }: Pick<Discipline, 'stages'>): { clean: number; left: number } {
  return {
    clean: stages.reduce((sum, { clean }) => sum + clean, 0),
    left: stages.reduce((sum, { left }) => sum + left, 0),
  };
}

/** Why there is nothing to show. */
export type Nothing = 'not-begun' | 'no-rules' | 'frozen' | 'none-in-period';

/** Why there are no figures: nothing was ever checked, no rule is on, the rule clock stands, or the period is empty. */
export function whyNothing(summary: {
  checks: number;
  clock: string | null;
  frozen: string | null;
  activeRules: number;
}): Nothing {
  if (summary.checks > 0) return 'none-in-period';
  if (summary.activeRules === 0) return 'no-rules';
  return summary.frozen === null ? 'not-begun' : 'frozen';
}
