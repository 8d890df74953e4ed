import type { Ledger } from './ledger.js';
import {
  parametersOf,
  type DisciplineSettings,
  type RuleParameters,
  type RuleWithParameters,
} from './settings/rule-parameters.js';
import type { WorkingHours } from './working-hours.js';

/** What every rule is judged by. */
export class Judging {
  constructor(
    readonly ledger: Ledger,
    readonly hours: WorkingHours,
    private readonly settings: DisciplineSettings,
    readonly until: number,
  ) {}

  parameters<Rule extends RuleWithParameters>(rule: Rule): RuleParameters[Rule] {
    return parametersOf(this.settings, rule);
  }

  /** `n wd` after an instant. */
  workingDays(start: number, count: number): number {
    return this.hours.afterWorkingDays(start, count);
  }

  workingMinutes(start: number, minutes: number): number {
    return this.hours.afterWorked(start, minutes * 60_000);
  }

  workingHours(start: number, count: number): number {
    return this.workingMinutes(start, count * 60);
  }
}
