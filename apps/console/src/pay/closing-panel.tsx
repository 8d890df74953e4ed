import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PayPeriod } from '../api/schema.js';
import { formatMonth } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { formatMoney } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Panel } from '../ui/panel.js';
import classes from './pay-page.module.css';
import { refusalWords } from './pay-words.js';
import { payrollUrl, useManagePay } from './use-pay.js';

type ClosingProps = { portalId: string; zone: string; mayManage: boolean; period: PayPeriod };

/** Whether a month is closed; what stands in the way, or its payroll as a file. */
export function ClosingPanel({ portalId, zone, mayManage, period }: ClosingProps) {
  const { t, language } = useSpeech();
  const { month, closed, refusals, items, isPassed } = period;
  const manage = useManagePay(portalId, month);
  const [isAsked, setAsked] = useState(false);
  const name = formatMonth(month, language);
  const currency = items[0]?.currency ?? 'RUB';
  if (closed !== null) {
    return (
      <Panel
        title={t('pay.closed')}
        note={t('pay.closedNote', {
          at: formatMoment(closed.closedAt, zone, language, Date.now()),
          slips: closed.payslips,
          sum: formatMoney(BigInt(closed.totalKopecks), currency, language, { exact: true }),
        })}
        aside={
          mayManage && (
            <span className={classes.files}>
              {(['xlsx', 'csv'] as const).map((format) => (
                <Button
                  key={format}
                  size="xs"
                  variant="default"
                  component="a"
                  href={payrollUrl(portalId, month, format, language)}
                  download
                >
                  {t(`pay.export.${format}`)}
                </Button>
              ))}
            </span>
          )
        }
      >
        <p className={classes.soft}>{t('pay.closedText')}</p>
      </Panel>
    );
  }
  if (isPassed) return <Panel title={t('pay.passed')}>{t('pay.passedText')}</Panel>;
  return (
    <Panel
      title={t('pay.closing')}
      note={t(refusals.length === 0 ? 'pay.ready' : 'pay.notReady')}
      aside={
        <Button size="xs" disabled={refusals.length > 0} onClick={() => setAsked(true)}>
          {t('pay.close')}
        </Button>
      }
    >
      {refusals.length === 0 ? (
        <p className={classes.soft}>{t('pay.readyText', { slips: items.length })}</p>
      ) : (
        <ul className={classes.refusals}>
          {refusals.map((refusal) => {
            const text = refusalWords(refusal, { t, language, zone });
            return <li key={`${refusal.code} ${JSON.stringify(refusal.values)}`}>{text}</li>;
          })}
        </ul>
      )}
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('pay.closeTitle', { month: name })}
        confirm={t('pay.close')}
        isPending={manage.close.isPending}
        error={manage.close.error}
        onConfirm={() => manage.close.mutate(undefined, { onSuccess: () => setAsked(false) })}
        isHarmless
      >
        {t('pay.closeText', { slips: items.length })}
      </ConfirmDialog>
    </Panel>
  );
}
