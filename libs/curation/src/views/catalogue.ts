import { WorkingTime } from '@funnelwatch/calendar';
import { Environment } from '@marcbachmann/cel-js';
import { RuleFact, ruleFactFields } from '../world/rule-fact.js';
import type { SubjectKind } from '../rules/rule.js';
import { ActivityView } from './activity-view.js';
import { ClientDeal, ClientView } from './client-view.js';
import { EmployeeView, PortalView } from './employee-view.js';
import { PipelineRecordView } from './pipeline-record-view.js';

const time = 'google.protobuf.Timestamp';

/** Fields of a record, with the CEL type of each. */
const recordFields = {
  ...{ id: 'string', owner: 'string', creator: 'string', created_at: time, exists: 'bool' },
  ...{ amount: 'double', currency: 'string', is_amount_manual: 'bool', source: 'string' },
  ...{ contact: 'string', company: 'string', lead: 'string', quote: 'string', contacts: 'double' },
  ...{ has_channel_origin: 'bool', title_length: 'double', has_default_title: 'bool', comment_length: 'double' },
  ...{ touches: 'double', outgoing_touches: 'double', attempts: 'double', planned: 'double', has_touch: 'bool' },
  ...{ files: 'double', files_sent: 'double', meetings_held: 'double' },
  ...{ last_touch_at: time, last_connected_at: time, last_outgoing_message_at: time, editor: 'string' },
  ...{ older_twins: 'double', shares_contact_with_staff: 'bool' },
} as const;

const pipelineRecordFields = {
  ...recordFields,
  ...{ is_open: 'bool', is_won: 'bool', is_lost: 'bool', pipeline: 'string', stage: 'string', stage_rank: 'double' },
  ...{ entered_stage_at: time, has_expected_close: 'bool', expected_close_end: time, pushes: 'double' },
  ...{ pushed_days: 'double', has_rows: 'bool', rows_sum: 'double', max_discount: 'double', products: 'list<string>' },
  ...{ open_older_twins: 'double', open_older_namesakes: 'double' },
  ...{ invoices_issued: 'double', paid_invoices: 'double', last_paid_at: time, open_invoices_of_one_sum: 'double' },
  ...{
    deal: 'string',
    has_deal: 'bool',
    deal_last_touch_at: time,
    deal_amount: 'double',
    deal_currency: 'string',
    deal_pipeline: 'string',
  },
  ...{ my_company: 'string', has_due_date: 'bool', due_end: time, is_dated_before_deal: 'bool' },
  older_same_numbers: 'double',
} as const;

const clientFields = {
  ...recordFields,
  ...{ phones: 'double', emails: 'double', has_wrong_phone: 'bool', has_wrong_email: 'bool', has_odd_name: 'bool' },
  ...{ open_deals: 'list<ClientDeal>', requisites: 'double', wrong_requisites: 'double', invoices: 'double' },
  older_companies: 'double',
} as const;

const activityFields = {
  ...{
    id: 'string',
    type: 'string',
    is_planned: 'bool',
    has_deadline: 'bool',
    deadline: time,
    has_end: 'bool',
    end_at: time,
  },
  ...{ bound_kinds: 'list<string>', assignee: 'string', author: 'string' },
} as const;

const employeeFields = {
  ...{ id: 'string', is_active: 'bool', open_records: 'double', open_deals: 'double', owned: 'list<string>' },
  ...{ off_hours_moves_in_week: 'double', is_working_time: 'bool' },
} as const;

export type ViewType = 'Record' | 'Client' | 'Activity' | 'Employee' | 'Portal';

/** Variable under which the subject stands in conditions, and its type. */
export const viewOfKind: Readonly<Record<SubjectKind, { variable: string; type: ViewType }>> = {
  lead: { variable: 'record', type: 'Record' },
  deal: { variable: 'record', type: 'Record' },
  invoice: { variable: 'record', type: 'Record' },
  contact: { variable: 'record', type: 'Client' },
  company: { variable: 'record', type: 'Client' },
  activity: { variable: 'activity', type: 'Activity' },
  employee: { variable: 'employee', type: 'Employee' },
  portal: { variable: 'portal', type: 'Portal' },
};

/** Every field of every view, for documentation and suggestions. */
export const viewFields: Readonly<Record<ViewType | 'Fact', Readonly<Record<string, string>>>> = {
  Record: pipelineRecordFields,
  Client: clientFields,
  Activity: activityFields,
  Employee: employeeFields,
  Portal: {},
  Fact: ruleFactFields,
};

/** Functions of views, as signatures, for documentation and suggestions. */
export const viewFunctions: string[] = [];

type Handler = (...parameters: never[]) => unknown;

// Conditions are small; what takes longer to read takes too long to run.
const limits = { maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

function baseEnvironment(): Environment {
  const environment = new Environment({ limits });
  const add = (signature: string, handler: Handler): void => {
    environment.registerFunction(signature, handler as (...parameters: unknown[]) => unknown);
    if (!viewFunctions.includes(signature)) viewFunctions.push(signature);
  };
  environment.registerOperator('double == int', (left: number, right: bigint) => left === Number(right));
  environment.registerType('Fact', { ctor: RuleFact, fields: ruleFactFields });
  environment.registerType('ClientDeal', {
    ctor: ClientDeal,
    fields: { ref: 'string', pipeline: 'string', stage: 'string', owner: 'string' },
  });
  environment.registerType('Record', { ctor: PipelineRecordView, fields: pipelineRecordFields });
  environment.registerType('Client', { ctor: ClientView, fields: clientFields });
  environment.registerType('Activity', { ctor: ActivityView, fields: activityFields });
  environment.registerType('Employee', { ctor: EmployeeView, fields: employeeFields });
  environment.registerType('Portal', { ctor: PortalView, fields: {} });
  environment.registerType('Calendar', { ctor: WorkingTime, fields: {} });
  environment.registerVariable('params', 'map<string, dyn>');
  environment.registerVariable('calendar', 'Calendar');

  add(`later(${time}, ${time}): ${time}`, (one: Date, other: Date) => (one > other ? one : other));
  add(`hours_between(${time}, ${time}): double`, (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000);
  add(
    `days_after(${time}, dyn): ${time}`,
    (at: Date, days: unknown) => new Date(at.getTime() + Number(days) * 86_400_000),
  );
  add(`Calendar.working_days_after(${time}, dyn): ${time}`, (calendar: WorkingTime, at: Date, days: unknown) =>
    calendar.addDays(at, Number(days)),
  );
  add('abs(double): double', (value: number) => Math.abs(value));
  add('number(dyn): double', (value: unknown) => Number(value));

  add('Record.filled(dyn): bool', (record: PipelineRecordView, field: unknown) => record.filled(String(field)));
  add('Record.value(dyn): string', (record: PipelineRecordView, field: unknown) => record.value(String(field)));
  add('Record.visited(string): bool', (record: PipelineRecordView, stage: string) => record.visited(stage));
  add(`Record.rewritten(string, ${time}): bool`, (record: PipelineRecordView, text: string, since: Date) =>
    record.rewritten(text, since),
  );
  add(`Record.changed_since(dyn, ${time}): bool`, (record: PipelineRecordView, field: unknown, since: Date) =>
    record.changedSince(String(field), since),
  );
  add('Record.changes_within(string, dyn): double', (record: PipelineRecordView, field: string, minutes: unknown) =>
    record.changesWithin(field, Number(minutes)),
  );
  add('Record.forward_moves_within(dyn, string): double', (record: PipelineRecordView, minutes: unknown, by: string) =>
    record.forwardMovesWithin(Number(minutes), by),
  );
  add('Record.owner_changes_within(dyn): double', (record: PipelineRecordView, days: unknown) =>
    record.ownerChangesWithin(Number(days)),
  );
  add(`Record.touched_between(${time}, ${time}): bool`, (record: PipelineRecordView, from: Date, to: Date) =>
    record.touchedBetween(from, to),
  );
  add(`Record.acted_after(string, ${time}): bool`, (record: PipelineRecordView, activity: string, since: Date) =>
    record.actedAfter(activity, since),
  );
  add('Record.reschedules(string): double', (record: PipelineRecordView, activity: string) =>
    record.reschedulesOf(activity),
  );
  add('Record.called_near_creation(dyn): bool', (record: PipelineRecordView, hours: unknown) =>
    record.calledNearCreation(Number(hours)),
  );
  add('Record.missing_proofs(string, dyn): list<string>', (record: PipelineRecordView, stage: string, proofs: never) =>
    record.missingProofs(stage, proofs),
  );
  add('Record.proven(list<string>, dyn): bool', (record: PipelineRecordView, stages: string[], proofs: never) =>
    record.proven(stages, proofs),
  );
  add('Record.missing_fields(dyn): list<string>', (record: PipelineRecordView, required: never) =>
    record.missingFields(required),
  );
  add('Client.filled(dyn): bool', (client: ClientView, field: unknown) => client.filled(String(field)));
  add('Client.value(dyn): string', (client: ClientView, field: unknown) => client.value(String(field)));
  add('Client.lost_within(dyn, string): double', (client: ClientView, days: unknown, except: string) =>
    client.lostWithin(Number(days), except),
  );
  add('Client.owners_of_open_deals(dyn): double', (client: ClientView, allowed: unknown) =>
    client.ownersOfOpenDeals(Array.isArray(allowed) ? allowed.map(String) : []),
  );
  add('Employee.moves_within(dyn): double', (employee: EmployeeView, minutes: unknown) =>
    employee.movesWithin(Number(minutes)),
  );
  add('Employee.overdue_finished_within(dyn): double', (employee: EmployeeView, minutes: unknown) =>
    employee.overdueFinishedWithin(Number(minutes)),
  );
  add('Employee.month_ends_within(dyn): bool', (employee: EmployeeView, days: unknown) =>
    employee.monthEndsWithin(Number(days)),
  );
  add('Portal.vanished_within(dyn): double', (portal: PortalView, minutes: unknown) =>
    portal.vanishedWithin(Number(minutes)),
  );
  return environment;
}

const environments = new Map<string, Environment>();

/** The environment in which conditions on a kind of view are read and run. */
export function environmentOf(type: ViewType, variable: string, withFact: boolean): Environment {
  const key = `${type}${withFact ? '+fact' : ''}`;
  let environment = environments.get(key);
  if (!environment) {
    environment = baseEnvironment();
    environment.registerVariable(variable, type);
    if (withFact) environment.registerVariable('fact', 'Fact');
    environments.set(key, environment);
  }
  return environment;
}
