import { Button, Modal } from '@mantine/core';
import type { CaseCommand, ListedCase, SendFeedback } from '../api/schema.js';
import { BulkFeedback, useBulkTelling } from '../feedback/bulk-feedback.js';
import type { VerdictFeedback } from '../feedback/use-verdict-feedback.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import { personText, recordText } from './case-words.js';
import { commandText } from './command-words.js';
import classes from './queue-dialogs.module.css';
import { SeverityMark } from './severity-mark.js';

const SAMPLE = 3;

type BulkDialogProps = {
  portalId: string;
  plan: VerdictFeedback;
  rows: readonly ListedCase[];
  title: string;
  command: CaseCommand;
  zone: string;
  nowMs: number;
  /** With what goes to the people of these cases along with it. */
  onConfirm: (feedback: SendFeedback | null, told: ReadonlySet<string>) => void;
  onClose: () => void;
};

/** Says what will be done with how many cases and shows some of them, before it is done. */
export function BulkDialog(props: BulkDialogProps) {
  const { portalId, plan, rows, title, command, zone, nowMs, onConfirm, onClose } = props;
  const { t, language } = useSpeech();
  const isConfirming = command.type === 'verdict' && command.verdict === 'real';
  const channel = isConfirming ? plan.channel : 'none';
  const telling = useBulkTelling(portalId, rows, channel);
  const rest = rows.length - SAMPLE;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${commandText(command, t)} · ${title}`}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <div className={classes.form}>
        <p className={classes.text}>{t('bulk.sample', { n: rows.length })}</p>
        <ul className={classes.sample}>
          {rows.slice(0, SAMPLE).map((row) => (
            <li key={row.caseId}>
              <SeverityMark severity={row.severity} />
              <b>{recordText(row.about, t)}</b>
              <span>{personText(row.responsible, t)}</span>
              <span className={classes.soft}>{formatMoment(row.startedAt, zone, language, nowMs)}</span>
            </li>
          ))}
        </ul>
        {rest > 0 && <p className={classes.soft}>{t('bulk.more', { n: rest })}</p>}
        {isConfirming && <BulkFeedback plan={plan} telling={telling} />}
        <div className={classes.actions}>
          <Button
            onClick={() =>
              onConfirm(
                channel === 'none' || telling.told.length === 0 ? null : { channel, to: 'responsible' },
                new Set(telling.told.map(({ caseId }) => caseId)),
              )
            }
            disabled={!telling.isKnown}
            data-autofocus
          >
            {t('bulk.confirm', { n: rows.length })}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
