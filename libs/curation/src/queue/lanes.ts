import type { CasePeople } from '../cases/case-events.js';

/** Parts of the queue, each for another purpose. */
export const lanes = [
  'queue',
  'snoozed',
  'waiting',
  'disputed',
  'resolved',
  'done',
  'inhibited',
  'baseline',
  'shadow',
  'violations',
] as const;
export type Lane = (typeof lanes)[number];

/** Condition on `violation_case row`: what was voided or judged false or acceptable is no violation. */
export const isViolation = `row.mode <> 'shadow' AND row.status <> 'void' AND coalesce(row.verdict, '') NOT IN ('false', 'acceptable')`;

/** Whose violation a `violation_case row` is, in figures: the person whose opportunity to keep the rule was counted. */
export const personOfViolation = `CASE WHEN starts_with(row.subject, 'employee:') THEN substr(row.subject, 10)
                                       ELSE coalesce(row.owner_id, row.responsible) END`;

/** The same of one case; null where nobody is known. */
export function personOfCase(subject: string, people: Pick<CasePeople, 'owner' | 'responsible'>): string | null {
  return subject.startsWith('employee:') ? subject.slice('employee:'.length) : (people.owner ?? people.responsible);
}

/** Condition on `violation_case row` of each lane; `$silenced` stands for cases kept silent. */
export const laneConditions: Readonly<Record<Lane, string>> = {
  queue: `row.mode = 'active' AND row.status = 'open' AND NOT row.is_snoozed AND NOT row.is_inhibited AND NOT $silenced`,
  snoozed: `row.mode = 'active' AND row.status IN ('open', 'waiting') AND row.is_snoozed`,
  waiting: `row.mode = 'active' AND row.status = 'waiting' AND NOT row.is_snoozed`,
  disputed: `row.mode = 'active' AND row.status = 'disputed'`,
  resolved: `row.mode = 'active' AND row.status = 'closed' AND row.verdict IS NULL`,
  done: `row.mode = 'active' AND row.status = 'closed' AND row.verdict IS NOT NULL`,
  inhibited: `row.mode = 'active' AND row.status = 'open' AND (row.is_inhibited OR $silenced)`,
  baseline: `row.mode = 'baseline' AND row.status <> 'void'`,
  shadow: `row.mode = 'shadow' AND row.status <> 'void'`,
  violations: isViolation,
};
