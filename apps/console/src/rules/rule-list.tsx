import { UnstyledButton } from '@mantine/core';
import type { RuleView } from '../api/schema.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { SeverityMark } from '../queue/severity-mark.js';
import { EmptyState } from '../ui/states.js';
import { precisionOf, stateOf } from './rule-order.js';
import type { RuleGroup } from './rule-order.js';
import { RuleStateMark } from './rule-state-mark.js';
import classes from './rules-page.module.css';

type RuleListProps = {
  groups: readonly { group: RuleGroup; rules: readonly RuleView[] }[];
  chosen: string | undefined;
  onOpen: (ruleId: string) => void;
};

/** Rules by what they are about. */
export function RuleList({ groups, chosen, onOpen }: RuleListProps) {
  const { t } = useSpeech();
  if (groups.length === 0) return <EmptyState title={t('rules.nothing')} />;
  return groups.map(({ group, rules }) => (
    <section key={group} className={classes.group} aria-label={t(`rules.group.${group}`)}>
      <h2 className={classes.groupTitle}>
        {t(`rules.group.${group}`)} <span className={classes.count}>{rules.length}</span>
      </h2>
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule.ruleId}>
            <RuleLine rule={rule} isChosen={rule.ruleId === chosen} onOpen={() => onOpen(rule.ruleId)} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function RuleLine({ rule, isChosen, onOpen }: { rule: RuleView; isChosen: boolean; onOpen: () => void }) {
  const { t, language } = useSpeech();
  const { open, verdicts, checks } = rule.figures;
  const precision = precisionOf(rule.figures);
  const title = rule.title[language];
  return (
    <UnstyledButton
      id={`rule-${rule.ruleId}`}
      className={classes.rule}
      data-chosen={isChosen || undefined}
      data-state={stateOf(rule)}
      aria-current={isChosen || undefined}
      onClick={onOpen}
    >
      <span className={classes.ruleId}>{rule.ruleId}</span>
      <SeverityMark severity={rule.severity} />
      <span className={classes.name}>{title === rule.ruleId ? '' : title}</span>
      <span className={classes.figures}>
        {open > 0 && <span>{t('rules.open', { n: open })}</span>}
        {precision !== null && (
          <span title={t('rules.precisionOf', { n: verdicts })}>
            {t('rules.precise', { share: formatPercent(precision, language) })}
          </span>
        )}
        {precision === null && checks > 0 && <span>{t('rules.checks', { n: checks })}</span>}
      </span>
      <RuleStateMark rule={rule} />
    </UnstyledButton>
  );
}
