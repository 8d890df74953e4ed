import type { FactType, SubjectKind } from '../rules/rule.js';

export type ViewType = 'Record' | 'Client' | 'Activity' | 'Employee' | 'Portal';

export const time = 'google.protobuf.Timestamp';

/** A field that conditions can ask for: its CEL type, and what it says. */
export type FieldEntry = readonly [type: string, description: string];
type Fields = Readonly<Record<string, FieldEntry>>;

const recordFields = {
  id: ['string', 'Id in the portal.'],
  exists: ['bool', 'It is there: neither deleted nor merged.'],
  owner: ['string', 'User id of whoever is responsible; empty without one.'],
  creator: ['string', 'User id of whoever made it; empty when nobody is named.'],
  editor: ['string', 'User id of whoever changed it last, as far as the portal tells.'],
  created_at: [time, 'When it was made.'],
  amount: ['double', 'Kopecks; 0 without an amount.'],
  currency: ['string', 'Code of its currency, `RUB`.'],
  is_amount_manual: ['bool', 'The amount is by hand, not the sum of the product rows.'],
  source: ['string', 'Id of its source; empty without one.'],
  contact: ['string', 'Id of its first contact; empty without one.'],
  company: ['string', 'Id of its company; empty without one.'],
  lead: ['string', 'Id of the lead it was made from; empty without one.'],
  quote: ['string', 'Id of its quote; empty without one.'],
  contacts: ['double', 'How many contacts it has, those of its company included.'],
  has_channel_origin: ['bool', 'A channel (form, telephony, import) says that it came through it.'],
  title_length: ['double', 'Characters of its title.'],
  has_default_title: ['bool', 'The title is the one that the portal gives by itself.'],
  comment_length: ['double', 'Characters of its comment; of a lead, of what is said about its status.'],
  touches: ['double', 'Touches: calls connected for 10 s, outgoing letters and messages, meetings held.'],
  outgoing_touches: ['double', 'Touches without incoming calls.'],
  attempts: ['double', 'Attempts: outgoing calls connected or not, outgoing letters and messages, meetings held.'],
  planned: ['double', 'Activities that are planned and not done.'],
  has_touch: ['bool', 'There is at least one touch.'],
  files: ['double', 'Files that its activities carry.'],
  files_sent: ['double', 'Outgoing letters and messages with a file.'],
  meetings_held: ['double', 'Meetings that are done.'],
  last_touch_at: [time, 'The last touch; the creation without one. Of a company also of its contacts and deals.'],
  last_connected_at: [time, 'The last connected call, however short; 1970 without one.'],
  last_outgoing_message_at: [time, 'The last outgoing letter or message; 1970 without one.'],
  older_twins: ['double', 'Older records of its kind with the same phone or e-mail.'],
  shares_contact_with_staff: ['bool', 'An employee has the same phone or e-mail.'],
} as const satisfies Fields;

const pipelineRecordFields = {
  ...recordFields,
  is_open: ['bool', 'Stands in a stage in process.'],
  is_won: ['bool', 'Stands in a stage of success.'],
  is_lost: ['bool', 'Stands in a stage of failure.'],
  pipeline: ['string', 'Id of its pipeline, `deal:0`.'],
  stage: ['string', 'Id of its stage.'],
  stage_rank: ['double', 'Place of the stage among those in process and of success, from 0; -1 for lost ones.'],
  entered_stage_at: [time, 'When it entered the stage.'],
  has_expected_close: ['bool', 'An expected close is given.'],
  expected_close_end: [time, 'End of the day of the expected close, in the zone of the portal.'],
  pushes: ['double', 'How often the expected close was moved later while it was open.'],
  pushed_days: ['double', 'By how many days in all it was moved later.'],
  has_rows: ['bool', 'It has product rows.'],
  rows_sum: ['double', 'Kopecks: price times quantity of all product rows.'],
  max_discount: ['double', 'Highest discount of a product row, percent.'],
  products: ['list<string>', 'Ids of the products in its rows.'],
  open_older_twins: ['double', 'Older open records of its kind with the same phone or e-mail.'],
  open_older_namesakes: ['double', 'Older open records of its kind with the same title.'],
  learned_days: [
    'double',
    'Of a deal: working days by which 80 % of the won ones had left its stage; 0 while not learned.',
  ],
  learned_amount_limit: [
    'double',
    'Of a deal: kopecks above which an amount was odd when it entered its stage; 0 while not learned.',
  ],
  invoices_issued: ['double', 'Of a deal: invoices of it.'],
  paid_invoices: ['double', 'Of a deal: invoices of it in a stage of success.'],
  last_paid_at: [time, 'Of a deal: when the last of them was paid; 1970 without one.'],
  open_invoices_of_one_sum: ['double', 'Of a deal: most open invoices of one sum above 0.'],
  deal: ['string', 'Of an invoice: id of its deal; empty without one.'],
  has_deal: ['bool', 'Of an invoice: its deal is there.'],
  deal_last_touch_at: [time, 'Of an invoice: the last touch of its deal; 1970 without one.'],
  deal_amount: ['double', 'Of an invoice: amount of its deal, kopecks.'],
  deal_currency: ['string', 'Of an invoice: currency of its deal.'],
  deal_pipeline: ['string', 'Of an invoice: pipeline of its deal; empty without one.'],
  my_company: ['string', 'Of an invoice: id of the own company that issues it.'],
  has_due_date: ['bool', 'Of an invoice: a day is given by which it is due.'],
  due_end: [time, 'Of an invoice: end of the day by which it is due, in the zone of the portal.'],
  is_dated_before_deal: ['bool', 'Of an invoice: its date lies before the day its deal was made.'],
  older_same_numbers: ['double', 'Of an invoice: older ones with the same number.'],
} as const satisfies Fields;

const clientFields = {
  ...recordFields,
  phones: ['double', 'How many phones it has.'],
  emails: ['double', 'How many e-mails it has.'],
  has_wrong_phone: ['bool', 'A phone of it cannot be one.'],
  has_wrong_email: ['bool', 'An e-mail of it cannot be one, or is a dummy.'],
  has_odd_name: ['bool', 'Its name or last name is one of a company, or a placeholder.'],
  open_deals: ['list<ClientDeal>', 'Its open deals, each with `ref` (`deal:12`), `pipeline`, `stage` and `owner`.'],
  requisites: ['double', 'How many requisites it has.'],
  wrong_requisites: ['double', 'Requisites with a wrong INN, KPP, OGRN or OGRNIP.'],
  invoices: ['double', 'Invoices made out to it.'],
  older_companies: ['double', 'Older companies with the same INN, or the same name and city.'],
} as const satisfies Fields;

const activityFields = {
  id: ['string', 'Id in the portal.'],
  type: ['string', '`meeting`, `call`, `task`, `mail`, `message` or `todo`.'],
  is_planned: ['bool', 'It is planned and not done; incoming calls and letters never are.'],
  has_deadline: ['bool', 'It has a deadline.'],
  deadline: [time, 'Its deadline; 1970 without one.'],
  has_end: ['bool', 'It is to end at an instant.'],
  end_at: [time, 'When it is to end, or its deadline; 1970 without either.'],
  bound_kinds: ['list<string>', 'Kinds of the records it is bound to, the one of its owner first.'],
  assignee: ['string', 'User id of whoever is to do it.'],
  author: ['string', 'User id of whoever made it.'],
} as const satisfies Fields;

const employeeFields = {
  id: ['string', 'User id.'],
  is_active: ['bool', 'The account is open.'],
  open_records: ['double', 'Open leads and deals they own.'],
  open_deals: ['double', 'Open deals they own.'],
  owned: ['list<string>', 'Open leads and deals they own, `deal:12`.'],
  off_hours_moves_in_week: ['double', 'Deals they moved outside working hours since Monday.'],
  is_working_time: ['bool', 'It is working time of the portal.'],
  audit_score: [
    'double',
    'Percent of the last sampled audit of their work; 0 before the first, and where nothing applied.',
  ],
} as const satisfies Fields;

const factFields = {
  type: ['string', 'Type of the fact, for rules that fire at several.'],
  at: [time, 'When it happened.'],
  by: ['string', 'User id of whoever did it; empty when nobody is named.'],
  ref: ['string', 'The record, activity or configuration that it is about, `activity:7`.'],
  from: ['string', 'Stage or owner before; empty without one.'],
  to: ['string', 'Stage or owner after.'],
  from_type: ['string', 'Type of the stage before: `P`, `S`, `F`; empty for the first entry.'],
  to_type: ['string', 'Type of the stage after.'],
  from_rank: ['double', 'Rank of the stage before; -1 for a lost one and without one.'],
  to_rank: ['double', 'Rank of the stage after; -1 for a lost one.'],
  from_pipeline: ['string', 'Pipeline before; empty for the first entry.'],
  to_pipeline: ['string', 'Pipeline after.'],
  skipped: ['list<string>', 'Stages passed over that the record never entered.'],
  entry: ['string', 'How a stage was entered (`created`, `moved`, …), or how a record vanished (`deleted`, `merged`).'],
  field: ['string', 'Field that changed.'],
  seconds: ['double', 'Length of the call.'],
  minutes: ['double', 'Minutes from making to closing a task.'],
  is_open: ['bool', 'Whether what vanished was open.'],
  is_outgoing: ['bool', 'Whether the call or touch went out from us.'],
  is_overdue: ['bool', 'Whether the activity was past its deadline.'],
  is_passed: ['bool', 'Whether the audit was passed.'],
  score: ['double', 'Percent of the audit.'],
  has_result: ['bool', 'Whether the call has a comment or its activity a description.'],
  channel: ['string', 'Id of the source of a lead or deal; `calls`, `mail` or `messages` of an incoming activity.'],
  usual_hours: ['double', 'Working hours for which the channel may be silent as usual; 0 while not learned.'],
} as const satisfies Fields;

/** Every field of every view, with its type and what it says. */
export const fieldCatalogue = {
  Record: pipelineRecordFields,
  Client: clientFields,
  Activity: activityFields,
  Employee: employeeFields,
  Portal: {},
  Fact: factFields,
} as const satisfies Record<ViewType | 'Fact', Fields>;

const records: readonly SubjectKind[] = ['lead', 'deal', 'invoice', 'contact', 'company'];

/** When each type of fact is told, and the fields it has beside `type`, `at`, `by` and `ref`. */
export const factCatalogue: Readonly<
  Record<FactType, { on: readonly SubjectKind[]; says: string; fields: readonly string[] }>
> = {
  created: { on: records, says: 'The record was made.', fields: [] },
  moved: {
    on: ['lead', 'deal', 'invoice'],
    says: 'It entered a stage, the first one included.',
    fields: [
      ...['from', 'to', 'from_type', 'to_type', 'from_rank', 'to_rank', 'from_pipeline', 'to_pipeline', 'skipped'],
      'entry',
    ],
  },
  changed: { on: records, says: 'A field of it changed.', fields: ['field'] },
  owner_changed: { on: records, says: 'Its owner changed.', fields: ['from', 'to'] },
  rows_changed: { on: ['lead', 'deal', 'invoice'], says: 'Its product rows changed.', fields: [] },
  rescheduled: {
    on: records,
    says: 'The deadline of a planned activity was moved later.',
    fields: [],
  },
  call_missed: {
    on: records,
    says: 'An incoming call was missed; on the owner of its activity.',
    fields: [],
  },
  call_talked: {
    on: records,
    says: 'A call was connected; on the owner of its activity.',
    fields: ['seconds', 'has_result', 'is_outgoing'],
  },
  message_in: {
    on: records,
    says: 'A letter or message came in; on the owner of its activity.',
    fields: [],
  },
  touched: { on: records, says: 'An outgoing touch.', fields: ['is_outgoing'] },
  task_closed: { on: ['lead', 'deal'], says: 'A task bound to it was closed.', fields: ['minutes'] },
  deal_created: { on: ['contact', 'company'], says: 'A deal was made of which it is the client.', fields: [] },
  deal_moved: { on: ['employee'], says: 'They moved a deal from one stage to another.', fields: [] },
  activity_finished: { on: ['employee'], says: 'They finished a planned activity.', fields: ['is_overdue'] },
  audited: {
    on: ['employee'],
    says: 'A sampled audit of their work was scored; `ref` is the record.',
    fields: ['is_passed', 'score'],
  },
  vanished: {
    on: records,
    says: 'It was deleted or merged.',
    fields: ['is_open', 'entry'],
  },
  record_vanished: {
    on: ['portal'],
    says: 'A lead, deal, contact, company or invoice was deleted or merged.',
    fields: [],
  },
  configured: { on: ['portal'], says: 'Pipelines or stages are configured differently from before.', fields: [] },
  heard: {
    on: ['portal'],
    says: 'A channel brought the first or the last of an hour: a lead, a deal from no lead, a call, letter or message.',
    fields: ['channel', 'usual_hours'],
  },
};
