import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { FigureTarget } from './figure.js';
import type { FigureKey } from './funnel-search.js';

const names = {
  'now.count': 'figure.now.count',
  'now.open': 'figure.now.open',
  'now.won': 'figure.now.won',
  'now.lost': 'figure.now.lost',
  'now.deleted': 'figure.now.deleted',
  'now.merged': 'figure.now.merged',
  'flow.entries': 'figure.flow.entries',
  'flow.visits': 'figure.flow.visits',
  'flow.created': 'figure.flow.created',
  'flow.won': 'figure.flow.won',
  'flow.lost': 'figure.flow.lost',
  'flow.rollbacks': 'figure.flow.rollbacks',
  'flow.reopened': 'figure.flow.reopened',
  'flow.left': 'figure.flow.left',
  'cohort.population': 'figure.cohort.population',
  'cohort.matured': 'figure.cohort.matured',
  'cohort.converted': 'figure.cohort.converted',
  'cohort.immature': 'figure.cohort.immature',
  'cohort.censored': 'figure.cohort.censored',
  'chain.population': 'figure.chain.population',
  'chain.matured': 'figure.chain.matured',
  'chain.reached': 'figure.chain.reached',
  'chain.immature': 'figure.chain.immature',
  'chain.censored': 'figure.chain.censored',
  'transitions.exits': 'figure.transitions.exits',
  'transitions.moves': 'figure.transitions.moves',
  'transitions.left': 'figure.transitions.left',
} as const satisfies Record<FigureKey, MessageKey>;

/** A number's name with its stages: `Входы в стадию «Встреча»`. */
export function figureName(target: FigureTarget, stageName: (stageId: string) => string, t: Translate): string {
  return t(names[target.figure], {
    stage: target.stage === undefined ? '' : stageName(target.stage),
    to: target.toStage === undefined ? '' : stageName(target.toStage),
  });
}
