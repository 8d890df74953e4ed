import type { WorkingTime } from '@funnelwatch/calendar';
import type { ClientView } from './client-view.js';
import type { EmployeeView, PortalView } from './employee-view.js';
import { time } from './field-catalogue.js';
import type { Demands, PipelineRecordView } from './pipeline-record-view.js';

/** A function that conditions can call: signature, what it gives, and how. */
export interface FunctionEntry {
  signature: string;
  says: string;
  run: (...parameters: never[]) => unknown;
}

const list: FunctionEntry[] = [];
const add = (signature: string, says: string, run: FunctionEntry['run']): void => {
  list.push({ signature, says, run });
};
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

add('number(dyn): double', 'A parameter as a number: number(params.days).', (value: unknown) => Number(value));
add('abs(double): double', 'The number without its sign.', (value: number) => Math.abs(value));
add(`later(${time}, ${time}): ${time}`, 'The later of two instants.', (one: Date, other: Date) =>
  one > other ? one : other,
);
add(
  `hours_between(${time}, ${time}): double`,
  'Hours from one instant to the other, whether worked or not.',
  (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000,
);
add(
  `days_after(${time}, dyn): ${time}`,
  'The instant so many times 24 hours later.',
  (at: Date, days: unknown) => new Date(at.getTime() + Number(days) * 86_400_000),
);
add(
  `Calendar.working_days_after(${time}, dyn): ${time}`,
  'calendar: the same time of day so many working days later.',
  (calendar: WorkingTime, at: Date, days: unknown) => calendar.addDays(at, Number(days)),
);

add(
  'Record.filled(dyn): bool',
  'A field, also one of the portal’s own, has a value: not blank, not a no.',
  (record: PipelineRecordView, field: unknown) => record.filled(String(field)),
);
add(
  'Record.value(dyn): string',
  'The value of a field as a text; empty without one, and for sealed texts.',
  (record: PipelineRecordView, field: unknown) => record.value(String(field)),
);
add('Record.visited(string): bool', 'It ever entered a stage.', (record: PipelineRecordView, stage: string) =>
  record.visited(stage),
);
add(
  `Record.rewritten(string, ${time}): bool`,
  'A text of it was written anew at an instant or after it.',
  (record: PipelineRecordView, text: string, since: Date) => record.rewritten(text, since),
);
add(
  `Record.changed_since(dyn, ${time}): bool`,
  'A field of it changed at an instant or after it.',
  (record: PipelineRecordView, field: unknown, since: Date) => record.changedSince(String(field), since),
);
add(
  'Record.changes_within(string, dyn): double',
  'How often a field changed within the last minutes.',
  (record: PipelineRecordView, field: string, minutes: unknown) => record.changesWithin(field, Number(minutes)),
);
add(
  'Record.forward_moves_within(dyn, string): double',
  'Moves forward within the last minutes, those known to be another person’s left out.',
  (record: PipelineRecordView, minutes: unknown, by: string) => record.forwardMovesWithin(Number(minutes), by),
);
add(
  'Record.owner_changes_within(dyn): double',
  'Changes of the owner since the last touch and within the last working days.',
  (record: PipelineRecordView, days: unknown) => record.ownerChangesWithin(Number(days)),
);
add(
  `Record.touched_between(${time}, ${time}): bool`,
  'There is a touch between two instants, both included.',
  (record: PipelineRecordView, from: Date, to: Date) => record.touchedBetween(from, to),
);
add(
  `Record.acted_after(string, ${time}): bool`,
  'After an instant it was moved or changed, an activity other than this one made or done, or a result of this one written.',
  (record: PipelineRecordView, activity: string, since: Date) => record.actedAfter(activity, since),
);
add(
  'Record.reschedules(string): double',
  'How often the deadline of an activity was moved later since the last touch.',
  (record: PipelineRecordView, activity: string) => record.reschedulesOf(activity),
);
add(
  'Record.called_near_creation(dyn): bool',
  'An incoming call with its phone, not bound to it, began within so many hours of its creation.',
  (record: PipelineRecordView, hours: unknown) => record.calledNearCreation(Number(hours)),
);
add(
  'Record.missing_proofs(string, dyn): list<string>',
  'Proofs that a stage demands by a map of stage to list, and that are not there.',
  (record: PipelineRecordView, stage: string, proofs: Demands) => record.missingProofs(stage, proofs),
);
add(
  'Record.proven(list<string>, dyn): bool',
  'All these stages demand proofs by the map, and all are there.',
  (record: PipelineRecordView, stages: string[], proofs: Demands) => record.proven(stages, proofs),
);
add(
  'Record.missing_fields(dyn): list<string>',
  'Fields that its stage or a lower one requires by a map of stage to list, and that are empty or a placeholder.',
  (record: PipelineRecordView, required: Demands) => record.missingFields(required),
);

add(
  'Client.filled(dyn): bool',
  'A field, also one of the portal’s own, has a value: not blank, not a no.',
  (client: ClientView, field: unknown) => client.filled(String(field)),
);
add(
  'Client.value(dyn): string',
  'The value of a field as a text; empty without one, and for sealed texts.',
  (client: ClientView, field: unknown) => client.value(String(field)),
);
add(
  'Client.lost_within(dyn, string): double',
  'Deals of which it is the client, but for one, that stand lost and were lost within so many days.',
  (client: ClientView, days: unknown, except: string) => client.lostWithin(Number(days), except),
);
add(
  'Client.owners_of_open_deals(dyn): double',
  'Different owners of its open deals, those of a list left out.',
  (client: ClientView, allowed: unknown) => client.ownersOfOpenDeals(textsOf(allowed)),
);

add(
  'Employee.moves_within(dyn): double',
  'Deals they moved within the last minutes.',
  (employee: EmployeeView, minutes: unknown) => employee.movesWithin(Number(minutes)),
);
add(
  'Employee.overdue_finished_within(dyn): double',
  'Activities past their deadline that they finished within the last minutes.',
  (employee: EmployeeView, minutes: unknown) => employee.overdueFinishedWithin(Number(minutes)),
);
add(
  'Employee.failed_audit(string): bool',
  'A sampled audit of that record of theirs stands as failed.',
  (employee: EmployeeView, ref: string) => employee.failedAudit(ref),
);
add(
  'Employee.month_ends_within(dyn): bool',
  'It is one of the last days of a month; always for 0.',
  (employee: EmployeeView, days: unknown) => employee.monthEndsWithin(Number(days)),
);
add(
  'Portal.vanished_within(dyn): double',
  'Records that vanished within the last minutes.',
  (portal: PortalView, minutes: unknown) => portal.vanishedWithin(Number(minutes)),
);
add(
  'Portal.heard_since(string, google.protobuf.Timestamp): bool',
  'A channel brought something later than that.',
  (portal: PortalView, channel: string, since: Date) => portal.heardSince(channel, since.getTime()),
);

/** Every function of the catalogue beside those of CEL itself. */
export const functionCatalogue: readonly FunctionEntry[] = list;
