import { UnstyledButton } from '@mantine/core';
import type { CaseCard, CaseRow, Verdict } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { deeds, verdicts } from './decisions.js';
import type { Deed } from './decisions.js';
import classes from './verdict-bar.module.css';

const keyOf: Record<Deed, string> = { snooze: 'H', assign: 'A', merge: 'D', close: 'E', template: 'M', feedback: 'F' };
const deedNames = {
  snooze: 'deed.snooze',
  assign: 'deed.assign',
  merge: 'deed.merge',
  close: 'deed.close',
  template: 'deed.template',
  feedback: 'deed.feedback',
} as const satisfies Record<Deed, MessageKey>;

type VerdictBarProps = {
  row: CaseRow;
  card: CaseCard | undefined;
  accountId: string;
  template: string | null;
  onVerdict: (verdict: Verdict) => void;
  onDeed: (deed: Deed) => void;
  onDropTemplate: () => void;
};

/** The four verdicts, and what else is done with a case. */
export function VerdictBar({ row, card, accountId, template, onVerdict, onDeed, onDropTemplate }: VerdictBarProps) {
  const { t } = useSpeech();
  if (row.status === 'void') return <p className={classes.alone}>{t('card.void')}</p>;
  const isDisputed = row.status === 'disputed';
  if (isDisputed && card?.verdict?.by === accountId) return <p className={classes.alone}>{t('card.ownDispute')}</p>;
  const offered = isDisputed ? verdicts.slice(0, 3) : verdicts;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t(isDisputed ? 'card.decideDispute' : 'card.verdicts')}>
      {isDisputed && <p className={classes.note}>{t('card.decideDispute')}</p>}
      <div className={classes.verdicts}>
        {offered.map((verdict, index) => (
          <UnstyledButton
            key={verdict}
            className={classes.verdict}
            data-verdict={verdict}
            data-given={row.verdict === verdict || undefined}
            data-suggested={(row.verdict === null && !isDisputed && card?.suggested.verdict === verdict) || undefined}
            onClick={() => onVerdict(verdict)}
          >
            <kbd>{index + 1}</kbd>
            {t(`verdict.short.${verdict}`)}
          </UnstyledButton>
        ))}
      </div>
      <div className={classes.deeds}>
        {deeds.map((deed) => (
          <UnstyledButton key={deed} className={classes.deed} data-deed={deed} onClick={() => onDeed(deed)}>
            <kbd>{keyOf[deed]}</kbd>
            {deed === 'assign' && row.assignee === accountId ? t('deed.unassign') : t(deedNames[deed])}
          </UnstyledButton>
        ))}
        {template !== null && (
          <span className={classes.template}>
            {t('deed.withTemplate', { name: template })}
            <button type="button" onClick={onDropTemplate} aria-label={t('deed.dropTemplate')}>
              ×
            </button>
          </span>
        )}
      </div>
    </div>
  );
}
