import { ActionIcon, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { answerOf, api } from '../api/client.js';
import type { PayItem } from '../api/schema.js';
import { dayIn, formatMonth } from '../format/dates.js';
import { formatCount, formatMoney, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { kopecksOf } from '../plan/plan-draft.js';
import { monthsLater } from '../plan/plan-search.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { useKeys } from '../shell/keyboard.js';
import { DataTable } from '../ui/data-table.js';
import { PageHead } from '../ui/page-head.js';
import { Panel } from '../ui/panel.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { lineName, lineReason, shareOf } from './pay-words.js';
import classes from './pay-page.module.css';

const route = getRouteApi('/portals/$portalId/pay');
const RESTS_MS = 300;

/** What people earn in a month by all that is known now, line by line. */
export function PayPage() {
  const { t, language } = useSpeech();
  const { portalId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const portal = usePortal(portalId);
  const isOwn = useAccess().ownUsersIn(portalId) !== null;
  const month = search.month ?? dayIn(new Date(), portal?.zone ?? 'Europe/Moscow').slice(0, 7);
  const [typed, setTyped] = useState('');
  const [rested] = useDebouncedValue(typed, RESTS_MS);
  const soldMore = kopecksOf(rested);
  const query = { month, ...(soldMore !== null && soldMore !== '0' && { soldMore }) };
  const pay = useQuery({
    queryKey: ['pay', portalId, query],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/provisional-pay', { params: { path: { portalId }, query }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
  const go = (count: number) => void navigate({ search: { month: monthsLater(month, count) }, resetScroll: false });
  useKeys({ BracketLeft: () => go(-1), BracketRight: () => go(1) });
  const title = t(isOwn ? 'pay.own' : 'pay.title');
  useEffect(() => {
    document.title = [title, portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [title, portal?.name]);
  return (
    <div className={classes.page}>
      <PageHead title={title} lead={t('pay.lead')}>
        <div className={classes.tools}>
          <TextInput
            size="xs"
            label={t('pay.soldMore')}
            inputMode="decimal"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div className={classes.months}>
            <ActionIcon variant="default" aria-label={t('plan.monthBefore')} onClick={() => go(-1)}>
              ‹
            </ActionIcon>
            <span className={classes.month}>{formatMonth(month, language)}</span>
            <ActionIcon variant="default" aria-label={t('plan.monthAfter')} onClick={() => go(1)}>
              ›
            </ActionIcon>
          </div>
        </div>
      </PageHead>
      {pay.data === undefined ? (
        pay.isError ? (
          <ErrorState error={pay.error} retry={() => void pay.refetch()} />
        ) : (
          <TableSkeleton rows={6} />
        )
      ) : pay.data.items.length === 0 ? (
        <EmptyState title={t('pay.none', { month: formatMonth(month, language) })}>{t('pay.noneText')}</EmptyState>
      ) : (
        pay.data.items.map((item) => <Person key={item.userId} item={item} />)
      )}
    </div>
  );
}

function Person({ item }: { item: PayItem }) {
  const { t, language } = useSpeech();
  const money = (kopecks: string | bigint) => formatMoney(BigInt(kopecks), item.currency, language);
  const { nextThreshold, points, target, whatIf } = item;
  const gain = whatIf === null ? 0n : BigInt(whatIf.totalKopecks) - BigInt(item.totalKopecks);
  return (
    <Panel
      title={item.name ?? t('seller.nameless', { id: item.userId })}
      note={
        points !== null && target !== null
          ? [
              t('pay.points', { points: formatCount(shareOf(points)), target: formatCount(target) }),
              nextThreshold !== null &&
                t('pay.next', {
                  missing: formatCount(Number(nextThreshold.missing)),
                  part: formatPercent(shareOf(nextThreshold.part), language),
                }),
            ]
              .filter((part) => typeof part === 'string')
              .join(' · ')
          : undefined
      }
      aside={
        item.fault === null && (
          <span className={classes.total}>
            <b>{money(item.totalKopecks)}</b>
            {gain !== 0n && <span className={classes.gain}>{t('pay.gain', { sum: money(gain) })}</span>}
          </span>
        )
      }
      flush
    >
      {item.fault !== null ? (
        <p className={classes.fault}>{t('pay.noPlan')}</p>
      ) : (
        <DataTable label={item.name ?? item.userId}>
          <tbody>
            {item.lines.map((line) => (
              <tr key={`${line.kind} ${line.id}`}>
                <th scope="row" className={classes.line}>
                  {lineName(line, t)}
                  <span className={classes.reason}>{lineReason(line, { t, language, currency: item.currency })}</span>
                </th>
                <td className={classes.sum}>{money(line.kopecks)}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
      {!item.isSigned && <p className={classes.fault}>{t('pay.unsigned')}</p>}
    </Panel>
  );
}
