import { type Lane, laneConditions, personOfViolation } from './lanes.js';

export interface QueuePortal {
  portalId: string;
  bucket: number;
}

export interface QueueFilter {
  lane: Lane;
  ruleId?: string | undefined;
  /** User of the portal whom cases are about. */
  person?: string | undefined;
  severity?: string | undefined;
  /** Account the case is assigned to; `none` for cases without. */
  assignee?: string | undefined;
  /** `deal:12`. */
  about?: string | undefined;
  /** Cases that began within instants, `[from, to)`. */
  startedWithin?: { from: Date; to: Date } | undefined;
  /** Only cases of these users: what a seller may see. */
  onlyUsers?: readonly string[] | undefined;
  /** Cases that whoever asks is not to find here: a verdict of theirs is asked for that knows of no other. */
  except?: readonly string[] | undefined;
}

/** Condition on `violation_case row`: a decision of the portal keeps it silent. */
export const silenced = `EXISTS (
  SELECT FROM json_to_recordset(coalesce((SELECT settings -> 'silences' FROM read.discipline decided
            WHERE decided.bucket = $1 AND decided.portal_id = $2), '[]'))
         AS silence ("ruleId" text, "userId" text, about text, until timestamptz)
   WHERE silence.until > now() AND silence."ruleId" IN ('', row.rule_id) AND silence."userId" IN ('', row.responsible)
     AND silence.about IN ('', row.about))`;

/** Condition on `violation_case row` that a filter makes, with the values of its places. */
export function conditions(portal: QueuePortal, filter: QueueFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [portal.bucket, portal.portalId];
  const parts = [
    'row.bucket = $1',
    'row.portal_id = $2',
    laneConditions[filter.lane].replaceAll('$silenced', silenced),
  ];
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  add((place) => `row.rule_id = ${place}`, filter.ruleId);
  const person = filter.lane === 'violations' ? personOfViolation : 'row.responsible';
  add((place) => `${person} = ${place}`, filter.person);
  add((place) => `row.severity = ${place}`, filter.severity);
  if (filter.assignee === 'none') parts.push('row.assignee IS NULL');
  else add((place) => `row.assignee = ${place}`, filter.assignee);
  add((place) => `row.about = ${place}`, filter.about);
  add((place) => `row.started_at >= ${place}`, filter.startedWithin?.from);
  add((place) => `row.started_at < ${place}`, filter.startedWithin?.to);
  add(
    (place) => `(row.responsible = ANY (${place}::text[]) OR row.owner_id = ANY (${place}::text[]))`,
    filter.onlyUsers,
  );
  add((place) => `row.case_id <> ALL (${place}::uuid[])`, filter.except);
  return { where: parts.join(' AND '), values };
}
