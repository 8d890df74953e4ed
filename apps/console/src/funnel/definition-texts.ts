import type { MessageKey, Translate } from '../i18n/i18n.js';

/** The API's keys of definitions, in the console's words. */
const texts: Readonly<Record<string, MessageKey>> = {
  'funnel.now.standing': 'explain.now.count',
  'funnel.now.open': 'explain.now.open',
  'funnel.now.won': 'explain.now.won',
  'funnel.now.lost': 'explain.now.lost',
  'funnel.gone.deleted': 'explain.now.deleted',
  'funnel.gone.merged': 'explain.now.merged',
  'funnel.flow.entries': 'explain.flow.entries',
  'funnel.flow.visits': 'explain.flow.visits',
  'funnel.flow.created': 'explain.flow.created',
  'funnel.flow.won': 'explain.flow.won',
  'funnel.flow.lost': 'explain.flow.lost',
  'funnel.flow.rollbacks': 'explain.flow.rollbacks',
  'funnel.flow.reopened': 'explain.flow.reopened',
  'funnel.flow.left': 'explain.flow.left',
  'funnel.transitions.exits': 'explain.transitions.exits',
};

const populations: Readonly<Record<string, MessageKey>> = {
  reached: 'explain.cohort.reached',
  strict: 'explain.cohort.strict',
  touched: 'explain.cohort.touched',
};

const parts: Readonly<Record<string, MessageKey>> = {
  population: 'explain.part.population',
  counted: 'explain.part.counted',
  converted: 'explain.part.converted',
  immature: 'explain.part.immature',
  censored: 'explain.part.censored',
};

/** The definition behind one of the API's keys, or `null` for a key the console does not know. */
export function definitionText(textKey: string, t: Translate): string | null {
  const whole = texts[textKey];
  if (whole !== undefined) return t(whole);
  const [, view, definition = '', part = ''] = textKey.split('.');
  const population = populations[definition];
  const meant = parts[part];
  return view === 'cohort' && population !== undefined && meant !== undefined ? `${t(population)} ${t(meant)}` : null;
}
