import { UnstyledButton } from '@mantine/core';
import type { Verdict } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './selection-bar.module.css';
import { verdicts } from './decisions.js';
import type { Deed } from './decisions.js';

type SelectionBarProps = {
  count: number;
  rule: string;
  isDisputed: boolean;
  onVerdict: (verdict: Verdict) => void;
  onDeed: (deed: Deed) => void;
  onClear: () => void;
};

/** What can be done with all that is chosen. */
export function SelectionBar({ count, rule, isDisputed, onVerdict, onDeed, onClear }: SelectionBarProps) {
  const { t } = useSpeech();
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('bulk.selected', { n: count })}>
      <div className={classes.line}>
        <b>{t('bulk.selected', { n: count })}</b>
        <span className={classes.rule}>{rule}</span>
        <UnstyledButton className={classes.clear} onClick={onClear}>
          {t('bulk.clear')} <kbd>Esc</kbd>
        </UnstyledButton>
      </div>
      <div className={classes.actions}>
        {(isDisputed ? verdicts.slice(0, 3) : verdicts).map((verdict, index) => (
          <UnstyledButton key={verdict} className={classes.action} onClick={() => onVerdict(verdict)}>
            <kbd>{index + 1}</kbd> {t(`verdict.short.${verdict}`)}
          </UnstyledButton>
        ))}
        <UnstyledButton className={classes.action} onClick={() => onDeed('snooze')}>
          <kbd>H</kbd> {t('deed.snooze')}
        </UnstyledButton>
        <UnstyledButton className={classes.action} onClick={() => onDeed('assign')}>
          <kbd>A</kbd> {t('deed.assign')}
        </UnstyledButton>
      </div>
    </div>
  );
}
