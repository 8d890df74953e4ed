import { DateTime } from 'luxon';
import { isEverywhere, type RuleScope } from '../rules/rule-scope.js';
import { personChecked, textOf } from './people.js';

/** Who belongs where in a portal. */
export interface Departments {
  /** Departments of a user at an instant, milliseconds since the epoch, and all above those. */
  departmentsOf(userId: string, atMs: number): ReadonlySet<string>;
}

/** Whether what a subject's view shows at an instant lies within the scope of a rule. */
export type ScopeTest = (view: object, subject: string, atMs: number) => boolean;

/** The test of a rule that applies everywhere. */
export const everywhere: ScopeTest = () => true;

/**
 * The test for a scope; null for one that leaves nothing out. People are those whose opportunity it is: the owner, the
 * assignee, or the employee that a rule is about.
 */
export function scopeTest(scope: RuleScope, zone: string, chart: Departments): ScopeTest | null {
  if (isEverywhere(scope)) return null;
  const { pipelines, stages, users, departments, from } = scope;
  const fromMs = from === undefined ? null : DateTime.fromISO(from, { zone }).toMillis();
  return (view, subject, atMs) => {
    if (fromMs !== null && atMs < fromMs) return false;
    if (pipelines && !pipelines.includes(textOf(view, 'pipeline'))) return false;
    if (stages && !stages.includes(textOf(view, 'stage'))) return false;
    if (!users && !departments) return true;
    const person = personChecked(view, subject);
    if (users && !users.includes(person)) return false;
    if (!departments) return true;
    const own = chart.departmentsOf(person, atMs);
    return departments.some((id) => own.has(id));
  };
}
