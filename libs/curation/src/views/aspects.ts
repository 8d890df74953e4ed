import type { ViewType } from './field-catalogue.js';

/** What of a world a condition reads and a happening changes, as bits: conditions whose part is untouched need no new look. */
export const aspects = { own: 1, activities: 2, others: 4 } as const;
export const allAspects = aspects.own | aspects.activities | aspects.others;

/** Fields and functions of a record that its own fields, moves, rows and matches decide. */
const ownOfRecord = [
  ...['id', 'exists', 'owner', 'creator', 'editor', 'created_at', 'amount', 'currency', 'is_amount_manual', 'source'],
  ...['contact', 'company', 'lead', 'quote', 'has_channel_origin', 'title_length', 'has_default_title'],
  ...['comment_length', 'is_open', 'is_won', 'is_lost', 'pipeline', 'stage', 'stage_rank', 'entered_stage_at'],
  ...['has_expected_close', 'expected_close_end', 'pushes', 'pushed_days', 'has_rows', 'rows_sum', 'max_discount'],
  ...['products', 'deal', 'my_company', 'has_due_date', 'due_end', 'shares_contact_with_staff'],
  ...[
    'learned_days',
    'learned_amount_limit',
    'filled',
    'value',
    'visited',
    'rewritten',
    'changed_since',
    'missing_fields',
  ],
];
const activitiesOfRecord = [
  ...['touches', 'outgoing_touches', 'attempts', 'planned', 'has_touch', 'files', 'files_sent', 'meetings_held'],
  ...['last_touch_at', 'last_connected_at', 'last_outgoing_message_at'],
];
/** Read from records around a record, never from activities. */
const othersOfRecord = [
  ...['open_older_twins', 'open_older_namesakes', 'older_twins', 'invoices_issued', 'paid_invoices', 'last_paid_at'],
  ...['open_invoices_of_one_sum', 'has_deal', 'deal_amount', 'deal_currency', 'deal_pipeline', 'is_dated_before_deal'],
  ...['older_same_numbers', 'contacts'],
];

const ofRecord = new Map<string, number>([
  ...ownOfRecord.map((name): [string, number] => [name, aspects.own]),
  ...activitiesOfRecord.map((name): [string, number] => [name, aspects.own | aspects.activities]),
  ...othersOfRecord.map((name): [string, number] => [name, aspects.own | aspects.others]),
]);

/** Aspects that a field or function of a view reads; all where nothing narrower is known. */
export function aspectsOf(type: ViewType, name: string): number {
  return (type === 'Record' ? ofRecord.get(name) : undefined) ?? allAspects;
}
