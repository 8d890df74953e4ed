import type { CaseCard, CasePerson } from '../api/schema.js';
import { formatDecimal, formatKopecks } from '../format/numbers.js';
import type { Language } from '../i18n/language.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import { formatMoment } from '../format/deadlines.js';

const names: Readonly<Record<string, MessageKey>> = {
  owner: 'evidence.owner',
  assignee: 'evidence.assignee',
  creator: 'evidence.creator',
  stage: 'evidence.stage',
  pipeline: 'evidence.pipeline',
  deal_pipeline: 'evidence.deal_pipeline',
  amount: 'evidence.amount',
  deal_amount: 'evidence.deal_amount',
  rows_sum: 'evidence.rows_sum',
  currency: 'evidence.currency',
  last_touch_at: 'evidence.last_touch_at',
  created_at: 'evidence.created_at',
  learned_days: 'evidence.learned_days',
  learned_amount_limit: 'evidence.learned_amount_limit',
  entered_stage_at: 'evidence.entered_stage_at',
  deadline: 'evidence.deadline',
  end_at: 'evidence.end_at',
  due_end: 'evidence.due_end',
  expected_close_end: 'evidence.expected_close_end',
  last_paid_at: 'evidence.last_paid_at',
  touches: 'evidence.touches',
  attempts: 'evidence.attempts',
  planned: 'evidence.planned',
  pushes: 'evidence.pushes',
  pushed_days: 'evidence.pushed_days',
  files_sent: 'evidence.files_sent',
  meetings_held: 'evidence.meetings_held',
  invoices_issued: 'evidence.invoices_issued',
  paid_invoices: 'evidence.paid_invoices',
  invoices: 'evidence.invoices',
  contacts: 'evidence.contacts',
  phones: 'evidence.phones',
  emails: 'evidence.emails',
  files: 'evidence.files',
  quote: 'evidence.quote',
  source: 'evidence.source',
  type: 'evidence.type',
  comment_length: 'evidence.comment_length',
  title_length: 'evidence.title_length',
  max_discount: 'evidence.max_discount',
  requisites: 'evidence.requisites',
  wrong_requisites: 'evidence.wrong_requisites',
  older_twins: 'evidence.older_twins',
  open_older_twins: 'evidence.open_older_twins',
  open_older_namesakes: 'evidence.open_older_namesakes',
  open_invoices_of_one_sum: 'evidence.open_invoices_of_one_sum',
  older_same_numbers: 'evidence.older_same_numbers',
  older_companies: 'evidence.older_companies',
  open_records: 'evidence.open_records',
  open_deals: 'evidence.open_deals',
  my_company: 'evidence.my_company',
  lead: 'evidence.lead',
  has_default_title: 'evidence.has_default_title',
  is_dated_before_deal: 'evidence.is_dated_before_deal',
};

const inKopecks = new Set(['learned_amount_limit', 'amount', 'deal_amount', 'rows_sum']);
const ofPeople = new Set(['owner', 'assignee', 'creator']);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

type Known = {
  zone: string;
  nowMs: number;
  language: Language;
  t: Translate;
  /** Names of stages and pipelines by their ids. */
  stages: ReadonlyMap<string, string>;
};

/** What the record looked like when the breach began, in words. */
export function evidenceOf(card: CaseCard, known: Known): { name: string; value: string }[] {
  return Object.entries(card.evidence).map(([field, value]) => {
    const key = names[field];
    return {
      name: key === undefined ? field.replaceAll('_', ' ') : known.t(key),
      value: valueText(field, value, card, known),
    };
  });
}

function valueText(
  field: string,
  value: CaseCard['evidence'][string],
  { people }: CaseCard,
  { zone, nowMs, language, t, stages }: Known,
): string {
  if (value === '') return '—';
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') {
    if (inKopecks.has(field)) return formatKopecks(BigInt(Math.round(value)), language);
    return formatDecimal(value, Number.isInteger(value) ? 0 : 1, language);
  }
  if (INSTANT.test(value)) return formatMoment(value, zone, language, nowMs);
  if (ofPeople.has(field)) {
    const involved: (CasePerson | null)[] = Object.values(people);
    return involved.find((person) => person?.userId === value)?.name ?? t('seller.nameless', { id: value });
  }
  return stages.get(value) ?? value;
}
