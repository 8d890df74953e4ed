import { ruleLanguage } from '../../generated/rule-language.js';
import type { MessageKey, Translate } from '../../i18n/i18n.js';

/** Units of a length of time that the console has a word for, in the order of the language of rules. */
export const unitNames = ['min', 'h', 'wd', 'd', 'clock-min', 'week-end'] as const;

export const severities = ['S1', 'S2', 'S3', 'S4'] as const;

const factNames: Readonly<Record<string, MessageKey>> = {
  created: 'fact.created',
  moved: 'fact.moved',
  changed: 'fact.changed',
  owner_changed: 'fact.owner_changed',
  rows_changed: 'fact.rows_changed',
  rescheduled: 'fact.rescheduled',
  call_missed: 'fact.call_missed',
  call_talked: 'fact.call_talked',
  message_in: 'fact.message_in',
  touched: 'fact.touched',
  task_closed: 'fact.task_closed',
  deal_created: 'fact.deal_created',
  deal_moved: 'fact.deal_moved',
  activity_finished: 'fact.activity_finished',
  audited: 'fact.audited',
  vanished: 'fact.vanished',
  record_vanished: 'fact.record_vanished',
  configured: 'fact.configured',
};

/** A fact in words, with its name in conditions. */
export function factText(fact: string, t: Translate): string {
  const key = factNames[fact];
  return key === undefined ? fact : `${t(key)} · ${fact}`;
}

/** Facts that are told of one of these kinds. */
export const factsOf = (on: readonly string[]): string[] =>
  ruleLanguage.facts.filter((fact) => fact.on.some((kind) => on.includes(kind))).map(({ name }) => name);

/** Fields that all these kinds have. */
export function fieldsOf(on: readonly string[]): string[] {
  const views = ruleLanguage.views.filter(({ kinds }) => kinds.some((kind) => on.includes(kind)));
  const [first, ...others] = views;
  return (first?.fields ?? [])
    .map(({ name }) => name)
    .filter((name) => others.every(({ fields }) => fields.some((each) => each.name === name)));
}
