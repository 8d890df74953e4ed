import type { MessageKey } from '../i18n/i18n.js';
import type { RuleView } from '../api/schema.js';

/** What a rule goes through before employees hear of it. */
export const steps = ['draft', 'backtest', 'shadow', 'active'] as const;
export type Step = (typeof steps)[number];

export type StepState = 'done' | 'now' | 'ahead';

/** Where a rule stands: `hasBacktest` says whether it was tried on the history as it is set now. */
export function lifeOf({ status }: Pick<RuleView, 'status'>, hasBacktest: boolean): Record<Step, StepState> {
  const at: Step = status === 'active' ? 'active' : status === 'shadow' ? 'shadow' : hasBacktest ? 'backtest' : 'draft';
  const place = steps.indexOf(at);
  const stateOf = (step: Step): StepState => {
    if (step === at) return 'now';
    // A rule may have been switched on without having been tried.
    if (step === 'backtest') return hasBacktest ? 'done' : 'ahead';
    return steps.indexOf(step) < place ? 'done' : 'ahead';
  };
  return {
    draft: stateOf('draft'),
    backtest: stateOf('backtest'),
    shadow: stateOf('shadow'),
    active: stateOf('active'),
  };
}

const reasons: Readonly<Record<string, MessageKey>> = {
  starter: 'rules.reason.starter',
  'by-hand': 'rules.reason.byHand',
  noise: 'rules.reason.noise',
  precision: 'rules.reason.precision',
};

/** Why a rule is what it is, in words; null for a reason that is a text of its own, or none. */
export const reasonKey = (reason: string | null): MessageKey | null =>
  reason === null ? null : (reasons[reason] ?? null);

/** Whether nobody switched the rule: it went into shadow because it cost too much. */
export const isDemoted = ({ status, reason }: Pick<RuleView, 'status' | 'reason'>): boolean =>
  status === 'shadow' && (reason === 'noise' || reason === 'precision');
