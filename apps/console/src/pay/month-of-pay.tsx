import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { PayItem, PayslipSummary } from '../api/schema.js';
import { dayIn, formatMonth } from '../format/dates.js';
import { formatCount, formatMoney, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { kopecksOf } from '../plan/plan-draft.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { ClosingPanel } from './closing-panel.js';
import { DisputeDialog, type Disputed, DisputesPanel } from './disputes-panel.js';
import classes from './pay-page.module.css';
import { type Dispute, Lines } from './pay-lines.js';
import { shareOf } from './pay-words.js';
import { MyDay } from './my-day.js';
import { PayslipDialog } from './payslip-dialog.js';
import { SharedSalesPanel } from './shared-sales-panel.js';
import { usePayPeriod, useProvisionalPay } from './use-pay.js';

const RESTS_MS = 300;

type MonthProps = {
  portalId: string;
  month: string;
  zone: string;
  mayManage: boolean;
  /** Users of the portal who read their own pay; null for whoever reads everybody’s. */
  own: readonly string[] | null;
  /** Whose payslip is open. */
  slip: string | null;
  onSlip: (userId: string | null) => void;
};

/** What a month brings to each person: as it stands while the month is open, as it was paid afterwards. */
export function MonthOfPay({ portalId, month, zone, mayManage, own, slip, onSlip }: MonthProps) {
  const { t, language } = useSpeech();
  const [typed, setTyped] = useState('');
  const [rested] = useDebouncedValue(typed, RESTS_MS);
  const [disputed, setDisputed] = useState<Disputed | null>(null);
  const soldMore = kopecksOf(rested);
  const period = usePayPeriod(portalId, month);
  const pay = useProvisionalPay(portalId, { month, ...(soldMore !== null && soldMore !== '0' && { soldMore }) });
  const failed = [period, pay].find(({ data, isError }) => data === undefined && isError);
  if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  if (period.data === undefined || pay.data === undefined) return <TableSkeleton rows={6} />;
  const { closed, items } = period.data;
  const dispute = own === null ? null : setDisputed;
  const isPresent = month === dayIn(new Date(), zone).slice(0, 7);
  return (
    <>
      {own !== null && isPresent && <MyDay portalId={portalId} month={month} />}
      {(mayManage || closed !== null) && <ClosingPanel {...{ portalId, zone, mayManage }} period={period.data} />}
      {closed === null ? (
        <>
          {pay.data.items.length > 0 && (
            <TextInput
              size="xs"
              className={classes.whatIf ?? ''}
              label={t('pay.soldMore')}
              inputMode="decimal"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          {pay.data.items.length === 0 && items.length === 0 && (
            <EmptyState title={t('pay.none', { month: formatMonth(month, language) })}>{t('pay.noneText')}</EmptyState>
          )}
          {pay.data.items.map((item) => (
            <OpenPay
              key={item.userId}
              item={item}
              slip={items.find((one) => one.userId === item.userId)}
              dispute={dispute}
            />
          ))}
        </>
      ) : (
        items.map((item) => (
          <PaidPay key={item.userId} item={item} dispute={dispute} onOpen={() => onSlip(item.userId)} />
        ))
      )}
      {mayManage && <SharedSalesPanel {...{ portalId, month }} />}
      <DisputesPanel {...{ portalId, month, mayManage, own }} />
      {disputed !== null && <DisputeDialog {...{ portalId, month, disputed }} onClose={() => setDisputed(null)} />}
      {slip !== null && closed !== null && (
        <PayslipDialog {...{ portalId, month, zone }} userId={slip} onClose={() => onSlip(null)} />
      )}
    </>
  );
}

function OpenPay({ item, slip, dispute }: { item: PayItem; slip: PayslipSummary | undefined; dispute: Dispute }) {
  const { t, language } = useSpeech();
  const money = (kopecks: string | bigint) => formatMoney(BigInt(kopecks), item.currency, language, { exact: true });
  const { nextThreshold, nextTier, points, target, whatIf } = item;
  const gain = whatIf === null ? 0n : BigInt(whatIf.totalKopecks) - BigInt(item.totalKopecks);
  const distances = [
    nextThreshold &&
      t('pay.next', {
        n: Number(nextThreshold.missing),
        part: formatPercent(shareOf(nextThreshold.part), language),
        gain: money(nextThreshold.gainKopecks),
      }),
    nextTier &&
      t('pay.nextTier', {
        missing: money(nextTier.missingKopecks),
        rate: formatPercent(shareOf(nextTier.rate), language),
        gain: money(nextTier.gainKopecks),
      }),
  ].filter((part) => typeof part === 'string');
  return (
    <Panel
      title={item.name ?? t('seller.nameless', { id: item.userId })}
      note={
        points !== null && target !== null
          ? t('pay.points', { points: formatCount(shareOf(points)), target: formatCount(target) })
          : undefined
      }
      aside={
        item.fault === null && (
          <span className={classes.total}>
            <b>{money(slip?.totalKopecks ?? item.totalKopecks)}</b>
            {gain !== 0n && <span className={classes.gain}>{t('pay.gain', { sum: money(gain) })}</span>}
          </span>
        )
      }
      flush
    >
      {item.fault !== null ? (
        <p className={classes.fault}>{t('pay.noPlan')}</p>
      ) : (
        <Lines item={item} slip={slip} dispute={dispute} />
      )}
      {distances.length > 0 && (
        <ul className={classes.distances}>
          {distances.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {!item.isSigned && <p className={classes.fault}>{t('pay.unsigned')}</p>}
    </Panel>
  );
}

function PaidPay({ item, dispute, onOpen }: { item: PayslipSummary; dispute: Dispute; onOpen: () => void }) {
  const { t, language } = useSpeech();
  return (
    <Panel
      title={item.name ?? t('seller.nameless', { id: item.userId })}
      note={item.points !== null && t('pay.pointsAlone', { points: formatCount(shareOf(item.points)) })}
      aside={
        <span className={classes.total}>
          <b>{formatMoney(BigInt(item.totalKopecks), item.currency, language, { exact: true })}</b>
          <Button size="compact-xs" variant="default" onClick={onOpen}>
            {t('pay.slip')}
          </Button>
        </span>
      }
      flush
    >
      <Lines item={item} slip={item} dispute={dispute} />
    </Panel>
  );
}
