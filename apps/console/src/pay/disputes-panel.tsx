import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PayDispute } from '../api/schema.js';
import { formatMonth } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { kopecksOf } from '../plan/plan-draft.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Panel } from '../ui/panel.js';
import classes from './pay-page.module.css';
import { lineName } from './pay-words.js';
import { useManagePay, usePayDisputes } from './use-pay.js';

/** A line of pay that is objected to. */
export type Disputed = { kind: string; id: string | null };

type PanelProps = { portalId: string; month: string; mayManage: boolean; own: readonly string[] | null };

/** Objections to a month with what was answered; nothing while there are none. */
export function DisputesPanel({ portalId, month, mayManage, own }: PanelProps) {
  const { t, language } = useSpeech();
  const disputes = usePayDisputes(portalId, month);
  const manage = useManagePay(portalId, month);
  const [decided, setDecided] = useState<PayDispute | null>(null);
  const items = disputes.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('pay.disputes')} note={t('pay.disputesNote')}>
      <ul className={classes.disputes}>
        {items.map((dispute) => {
          const { disputeId, name, userId, status, line, text, decision, correctionKopecks } = dispute;
          return (
            <li key={disputeId}>
              <div className={classes.disputeHead}>
                <b>{name ?? t('seller.nameless', { id: userId })}</b>
                <span className={classes.soft}>
                  {formatMonth(dispute.month, language)} · {line === null ? t('pay.wholeMonth') : lineName(line, t)} ·{' '}
                  {t(`pay.disputeStatus.${status}`)}
                  {correctionKopecks !== '0' &&
                    ` · ${formatMoney(BigInt(correctionKopecks), 'RUB', language, { exact: true })}`}
                </span>
              </div>
              <p className={classes.said}>{text ?? t('pay.textGone')}</p>
              {decision !== null && <p className={classes.answer}>{decision}</p>}
              {status === 'open' && mayManage && (
                <Button size="compact-xs" variant="default" onClick={() => setDecided(dispute)}>
                  {t('pay.decide')}
                </Button>
              )}
              {status === 'open' && own?.includes(userId) === true && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={manage.withdraw.isPending}
                  onClick={() => manage.withdraw.mutate(disputeId)}
                >
                  {t('pay.takeBack')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {decided !== null && <DecideDialog {...{ portalId, month }} dispute={decided} onClose={() => setDecided(null)} />}
    </Panel>
  );
}

type DecideProps = { portalId: string; month: string; dispute: PayDispute; onClose: () => void };

function DecideDialog({ portalId, month, dispute, onClose }: DecideProps) {
  const { t } = useSpeech();
  const { decide } = useManagePay(portalId, month);
  const [outcome, setOutcome] = useState<'upheld' | 'declined'>('upheld');
  const [sum, setSum] = useState('');
  const [text, setText] = useState('');
  const isUpheld = outcome === 'upheld';
  const correctionKopecks = !isUpheld || sum.trim() === '' ? '0' : kopecksOf(sum);
  return (
    <FormDialog
      title={t('pay.decideTitle')}
      submit={t('pay.decide')}
      isPending={decide.isPending}
      error={decide.error}
      onClose={onClose}
      onSubmit={() => {
        if (correctionKopecks === null || text.trim() === '') return;
        const { disputeId } = dispute;
        decide.mutate({ disputeId, outcome, correctionKopecks, text: text.trim() }, { onSuccess: onClose });
      }}
    >
      <p className={classes.said}>{dispute.text ?? t('pay.textGone')}</p>
      <SegmentedControl
        data={(['upheld', 'declined'] as const).map((value) => ({ value, label: t(`pay.outcome.${value}`) }))}
        value={outcome}
        onChange={setOutcome}
      />
      {isUpheld && (
        <TextInput
          label={t('pay.granted')}
          description={t('pay.grantedNote')}
          inputMode="decimal"
          value={sum}
          error={correctionKopecks === null && t('plan.unreadable')}
          onChange={(event) => setSum(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={t('pay.answer')}
        value={text}
        maxLength={1000}
        autosize
        minRows={2}
        required
        onChange={(event) => setText(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        data-autofocus
      />
    </FormDialog>
  );
}

type DisputeProps = { portalId: string; month: string; disputed: Disputed; onClose: () => void };

/** Asks what is wrong with a line of pay. */
export function DisputeDialog({ portalId, month, disputed, onClose }: DisputeProps) {
  const { t } = useSpeech();
  const { dispute } = useManagePay(portalId, month);
  const [text, setText] = useState('');
  return (
    <FormDialog
      title={t('pay.disputeTitle', { line: lineName(disputed, t) })}
      submit={t('pay.disputeSend')}
      isPending={dispute.isPending}
      error={dispute.error}
      onClose={onClose}
      onSubmit={() => {
        if (text.trim() !== '') dispute.mutate({ line: disputed, text: text.trim() }, { onSuccess: onClose });
      }}
    >
      <p className={classes.soft}>{t('pay.disputeText')}</p>
      <Textarea
        label={t('pay.disputeWhy')}
        value={text}
        maxLength={1000}
        autosize
        minRows={3}
        required
        onChange={(event) => setText(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        data-autofocus
      />
    </FormDialog>
  );
}
