import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { FigureTarget } from './figure.js';
import type { FigureKey } from './funnel-search.js';
import { LEFT_THE_PIPELINE } from './funnel-search.js';

const names = {
  'now.standing': 'figure.now.count',
  'now.open': 'figure.now.open',
  'now.won': 'figure.now.won',
  'now.lost': 'figure.now.lost',
  'gone.deleted': 'figure.now.deleted',
  'gone.merged': 'figure.now.merged',
  'flow.entries': 'figure.flow.entries',
  'flow.visits': 'figure.flow.visits',
  'flow.created': 'figure.flow.created',
  'flow.won': 'figure.flow.won',
  'flow.lost': 'figure.flow.lost',
  'flow.rollbacks': 'figure.flow.rollbacks',
  'flow.reopened': 'figure.flow.reopened',
  'flow.left': 'figure.flow.left',
  'cohort.population': 'figure.cohort.population',
  'cohort.counted': 'figure.cohort.counted',
  'cohort.converted': 'figure.cohort.converted',
  'cohort.immature': 'figure.cohort.immature',
  'cohort.censored': 'figure.cohort.censored',
  'chain.population': 'figure.chain.population',
  'chain.counted': 'figure.chain.counted',
  'chain.reached': 'figure.chain.reached',
  'chain.immature': 'figure.chain.immature',
  'chain.censored': 'figure.chain.censored',
  'transitions.exits': 'figure.transitions.exits',
} as const satisfies Record<FigureKey, MessageKey>;

/** A number's name with its stages: `Входы на стадию «Встреча»`; `when` completes what stands: `В работе сейчас`. */
export function figureName(
  target: FigureTarget,
  stageName: (stageId: string) => string,
  when: string,
  t: Translate,
): string {
  const { figure, stage, toStage } = target;
  const words = {
    when,
    stage: stage === undefined ? '' : stageName(stage),
    to: toStage === undefined ? '' : stageName(toStage),
  };
  if (figure === 'transitions.exits' && toStage !== undefined) {
    return t(toStage === LEFT_THE_PIPELINE ? 'figure.transitions.left' : 'figure.transitions.moves', words);
  }
  return t(names[figure], words);
}
