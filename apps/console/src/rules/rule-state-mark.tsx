import type { RuleView } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { stateOf } from './rule-order.js';
import classes from './rules-page.module.css';

/** What a rule does now, in a word. */
export function RuleStateMark({ rule }: { rule: RuleView }) {
  const { t } = useSpeech();
  const state = stateOf(rule);
  return (
    <span className={classes.state} data-state={state}>
      {t(`rules.state.${state}`)}
    </span>
  );
}
