import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Definition } from './funnel-search.js';

const texts: Readonly<Record<string, MessageKey>> = {
  'now.count': 'explain.now.count',
  'now.open': 'explain.now.open',
  'now.won': 'explain.now.won',
  'now.lost': 'explain.now.lost',
  'now.deleted': 'explain.now.deleted',
  'now.merged': 'explain.now.merged',
  'flow.entries': 'explain.flow.entries',
  'flow.visits': 'explain.flow.visits',
  'flow.created': 'explain.flow.created',
  'flow.won': 'explain.flow.won',
  'flow.lost': 'explain.flow.lost',
  'flow.rollbacks': 'explain.flow.rollbacks',
  'flow.reopened': 'explain.flow.reopened',
  'flow.left': 'explain.flow.left',
  'cohort.population': 'explain.cohort.population',
  'cohort.matured': 'explain.cohort.matured',
  'cohort.immature': 'explain.cohort.immature',
  'cohort.censored': 'explain.cohort.censored',
  'chain.population': 'explain.chain.population',
  'chain.matured': 'explain.cohort.matured',
  'chain.reached': 'explain.chain.reached',
  'chain.immature': 'explain.cohort.immature',
  'chain.censored': 'explain.cohort.censored',
  'transitions.exits': 'explain.transitions.exits',
  'transitions.moves': 'explain.transitions.moves',
  'transitions.left': 'explain.transitions.left',
};

const converted = {
  reached: 'explain.cohort.converted.reached',
  strict: 'explain.cohort.converted.strict',
  touched: 'explain.cohort.converted.touched',
} as const satisfies Record<Exclude<Definition, 'transition'>, MessageKey>;

/** The definition of a number in one sentence, or `null` for a number the console does not know. */
export function definitionText(
  view: string,
  figure: string,
  definition: keyof typeof converted | undefined,
  t: Translate,
): string | null {
  if (view === 'cohort' && figure === 'converted') return t(converted[definition ?? 'reached']);
  const key = texts[`${view}.${figure}`];
  return key === undefined ? null : t(key);
}
